package rft.python;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import rft.lambda.LambdaException;
import rft.lambda.LambdaWire;
import rft.reward.Failure;
import rft.sandbox.PythonFunction;

/** A handler of AWS Lambda in the sandbox, as whatever answers events. */
record PythonHandler(PythonFunction function) implements LambdaWire {
  /** NaN is handed on as what it is, to be refused by its name. */
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

  @Override
  public String send(String event) throws LambdaException, InterruptedException {
    try {
      return JSON.writeValueAsString(function.call(List.of(JSON.readTree(event))));
    } catch (JsonProcessingException e) {
      throw new LambdaException(Failure.Kind.UNREADABLE, "the event is no JSON: " + e.getMessage());
    } catch (IOException e) {
      Failure failure = PythonFailure.of(e);
      throw new LambdaException(failure.kind(), failure.detail());
    }
  }

  @Override
  public void close() {
    function.close();
  }
}
