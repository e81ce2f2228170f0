package rft.serving;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import rft.prompt.TextTokenizer;
import rft.prompt.Tokens;
import rft.rollout.LoadedModel;
import rft.web.Connection;
import rft.web.RouteMark;
import rft.web.Routes;

/** The addresses of OpenAI's protocol, and a few more that a page needs. */
final class ServingRoutes implements Routes {
  private final LoadedModel model;
  private final ModelCatalog catalog;
  private final AskReader reader;
  private final Generator generator;

  ServingRoutes(LoadedModel model, ModelCatalog catalog, Generator generator) {
    this.model = model;
    this.catalog = catalog;
    this.reader = new AskReader(model);
    this.generator = generator;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/health", this::health, RouteMark.OPEN);
    routes.get("/v1/models", this::models);
    routes.get("/v1/models/{id}", this::oneModel);
    routes.post("/v1/chat/completions", context -> answer(context, reader.chat(body(context))));
    routes.post("/v1/completions", context -> answer(context, reader.text(body(context))));
    routes.post("/tokenize", this::tokenize, RouteMark.BEARER);
    routes.post("/detokenize", this::detokenize, RouteMark.BEARER);
    routes.exception(ApiException.class, (e, context) -> refuse(context, e));
  }

  private static byte[] body(Context context) {
    return context.bodyAsBytes();
  }

  private static void refuse(Context context, ApiException e) {
    if (context.res().isCommitted()) {
      Connection.breakOff(context);
      return;
    }
    if (e.retryAfterSeconds() > 0) {
      context.header("Retry-After", Integer.toString(e.retryAfterSeconds()));
    }
    send(context.status(e.status()), e.json());
  }

  private static void send(Context context, ObjectNode json) {
    context.contentType("application/json").result(json.toString());
  }

  private void answer(Context context, Ask ask) throws IOException, InterruptedException {
    generator.answer(ask, context.res());
  }

  private void health(Context context) {
    ObjectNode health = Fields.json().put("status", "ok").put("model", catalog.baseName());
    generator.describe(health);
    send(context, health);
  }

  private void models(Context context) throws IOException {
    ObjectNode list = Fields.json().put("object", "list");
    ArrayNode data = list.putArray("data");
    for (ModelCatalog.Entry entry : catalog.list()) {
      data.add(describe(entry));
    }
    send(context, list);
  }

  private void oneModel(Context context) throws IOException {
    send(context, describe(catalog.find(context.pathParam("id"))));
  }

  private ObjectNode describe(ModelCatalog.Entry entry) {
    boolean isBase = entry.weights().equals(Weights.BASE);
    return Fields.json()
        .put("id", entry.id())
        .put("object", "model")
        .put("created", entry.created().getEpochSecond())
        .put("owned_by", "rft")
        .put("root", catalog.baseName())
        .put("parent", isBase ? null : catalog.baseName())
        .put("run", entry.run())
        .put("step", entry.step())
        .put("max_model_len", model.policy().config().maxPositions());
  }

  /** Takes a text or a conversation apart, as a model sees it. */
  private void tokenize(Context context) {
    Fields fields = Fields.of(body(context));
    Prompts prompts = new Prompts(model);
    TextTokenizer tokenizer = model.tokenizer();
    fields.any("model");
    int[] ids =
        fields.any("messages") == null
            ? tokenizer.encode(fields.text("prompt", "a text, or give messages")).toArray()
            : prompts.conversation(fields).tokens().toArray();
    fields.refuseOthers(java.util.Set.of());
    ObjectNode answer = Fields.json().put("count", ids.length);
    answer.put("max_model_len", model.policy().config().maxPositions());
    ArrayNode tokens = answer.putArray("tokens");
    ArrayNode texts = answer.putArray("token_strs");
    for (int id : ids) {
      tokens.add(id);
      texts.add(AnswerJson.text(tokenizer.decoder().bytes(id)));
    }
    send(context, answer);
  }

  private void detokenize(Context context) {
    Fields fields = Fields.of(body(context));
    fields.any("model");
    int[] ids =
        new Prompts(model).ids(fields, "tokens", fields.required("tokens", "a list of token ids"));
    fields.refuseOthers(java.util.Set.of());
    send(context, Fields.json().put("prompt", model.tokenizer().decode(Tokens.of(ids))));
  }
}
