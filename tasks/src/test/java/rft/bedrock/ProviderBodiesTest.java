package rft.bedrock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rft.dataset.Message;

/** The requests and responses of each provider. */
final class ProviderBodiesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "{'system':[{'text':'S'}],'messages':[{'role':'user','content':[{'text':'a'},{'text':'b'}]}]} => system S; user ab",
        "{'system':'S','messages':[{'role':'user','content':'q'}]} => system S; user q",
        "{'messages':[{'role':'user','content':[{'type':'text','text':'q'}]}]} => user q",
        "{'messages':[{'role':'developer','content':'D'},{'role':'user','content':'q'}]} => system D; user q",
        "{'prompt':'Rules.\\n\\nHuman: hi\\n\\nAssistant: yo\\n\\nHuman: q\\n\\nAssistant:','max_tokens_to_sample':9} => system Rules.; user hi; assistant yo; user q",
        "{'prompt':'story of two dogs','max_tokens_to_sample':300} => user story of two dogs",
        "{'prompt':'What do Human: and AI mean?'} => user What do Human: and AI mean?",
        "{'prompt':'<|begin_of_text|><|start_header_id|>system<|end_header_id|>\\n\\nS<|eot_id|><|start_header_id|>user<|end_header_id|>\\n\\nq<|eot_id|><|start_header_id|>assistant<|end_header_id|>\\n\\n'} => system S; user q",
        "{'prompt':'<|begin_of_text|><|header_start|>user<|header_end|>\\n\\nq<|eot|><|header_start|>assistant<|header_end|>\\n\\n'} => user q",
        "{'prompt':'<s>[INST] <<SYS>>\\nS\\n<</SYS>>\\n\\nhi [/INST] yo </s><s>[INST] q [/INST]'} => system S; user hi; assistant yo; user q",
        "{'prompt':'see [INST] q [/INST]'} => user see [INST] q [/INST]",
        "{'inputText':'q'} => user q",
        "{'preamble':'S','chat_history':[{'role':'USER','message':'hi'},{'role':'CHATBOT','message':'yo'}],'message':'q'} => system S; user hi; assistant yo; user q"
      })
  void thePromptIsTakenFromTheRequest(String body, String expected) throws Exception {
    List<Message> messages = PromptBody.messages(JSON.readTree(body.replace('\'', '"')));
    assertEquals(
        expected,
        messages.stream()
            .map(message -> message.role().jsonName() + " " + message.content())
            .collect(Collectors.joining("; ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "{'output':{'message':{'content':[{'text':'a'},{'text':'b'}]}},'stopReason':'end_turn'} => ab",
        "{'content':[{'type':'thinking','thinking':'t'},{'type':'text','text':'a'}],'stop_reason':'end_turn'} => a",
        "{'completion':' a','stop_reason':'stop_sequence'} => a",
        "{'generation':'a','stop_reason':'stop'} => a",
        "{'results':[{'outputText':'\\na','completionReason':'FINISH'}]} => a",
        "{'outputs':[{'text':'a','stop_reason':'stop'}]} => a",
        "{'choices':[{'message':{'content':'a'},'finish_reason':'stop'}]} => a",
        "{'generations':[{'text':'a','finish_reason':'COMPLETE'}]} => a",
        "{'text':'a','finish_reason':'COMPLETE'} => a",
        "[{'generation':'a','stop_reason':null},{'generation':'b','stop_reason':'stop'}] => ab",
        "[{'outputText':'a'},{'outputText':'b','completionReason':'FINISH'}] => ab",
        "[{'choices':[{'delta':{'content':'a'}}]},{'choices':[{'delta':{'content':'b'},'finish_reason':'stop'}]}] => ab",
        "[{'contentBlockDelta':{'delta':{'text':'a'}}},{'contentBlockDelta':{'delta':{'text':'b'}}},{'messageStop':{'stopReason':'end_turn'}}] => ab",
        "[{'type':'message_start','message':{'content':[]}},{'type':'content_block_start','content_block':{'type':'text','text':''}},{'type':'content_block_delta','delta':{'type':'text_delta','text':'a'}},{'type':'content_block_delta','delta':{'type':'text_delta','text':'b'}},{'type':'content_block_stop'},{'type':'message_delta','delta':{'stop_reason':'end_turn'}}] => ab"
      })
  void theAnswerIsTakenFromTheResponse(String body, String expected) throws Exception {
    assertEquals(expected, AnswerBody.text(JSON.readTree(body.replace('\'', '"'))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "{'output':{'message':{'content':[{'text':'no'}]}},'stopReason':'guardrail_intervened'} => GUARDRAIL",
        "{'completion':'no','stop_reason':'stop','amazon-bedrock-guardrailAction':'INTERVENED'} => GUARDRAIL",
        "{'results':[{'outputText':'no','completionReason':'CONTENT_FILTERED'}]} => GUARDRAIL",
        "{'content':[{'type':'text','text':'a'}],'stop_reason':'max_tokens'} => TRUNCATED",
        "{'generation':'a','stop_reason':'length'} => TRUNCATED",
        "{'results':[{'outputText':'a','completionReason':'LENGTH'}]} => TRUNCATED",
        "[{'generation':'a','stop_reason':null}] => TRUNCATED",
        "{'content':[{'type':'text','text':'a'},{'type':'tool_use','name':'f','input':{}}]} => TOOL_CALL",
        "{'output':{'message':{'content':[{'toolUse':{'name':'f'}}]}}} => TOOL_CALL",
        "{'choices':[{'message':{'content':null,'tool_calls':[{'id':'1'}]}}]} => TOOL_CALL",
        "{'completion':' ','stop_reason':'stop'} => NO_ANSWER",
        "{} => NO_ANSWER"
      })
  void whatIsNoWholeAnswerIsNoReference(String body, Omission kind) throws Exception {
    var json = JSON.readTree(body.replace('\'', '"'));
    assertEquals(kind, assertThrows(OmittedException.class, () -> AnswerBody.text(json)).kind());
  }

  @Test
  void aLongConversationInMarkupIsTakenApart() {
    String answer = "y".repeat(300_000);
    String prompt = "<s>[INST] hi [/INST] " + answer + "</s><s>[INST] q [/INST]";
    assertEquals(
        List.of(Message.user("hi"), Message.assistant(answer), Message.user("q")),
        ChatMarkup.messages(prompt, false));
  }

  @Test
  void toolsUsedInAConversationStayInIt() throws Exception {
    String converse =
        """
        {"messages":[{"role":"user","content":[{"text":"q"}]},
        {"role":"assistant","content":[{"toolUse":{"toolUseId":"1","name":"f","input":{"x":1}}}]},
        {"role":"user","content":[{"toolResult":{"toolUseId":"1","content":[{"json":{"y":2}}]}}]}]}
        """;
    String anthropic =
        """
        {"messages":[{"role":"user","content":"q"},
        {"role":"assistant","content":[{"type":"tool_use","id":"1","name":"f","input":{"x":1}}]},
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"1","content":"{\\"y\\":2}"}]}]}
        """;
    List<Message> messages = PromptBody.messages(JSON.readTree(converse));
    assertEquals(3, messages.size());
    assertEquals("{\"x\":1}", messages.get(1).toolCalls().get(0).arguments());
    assertEquals("{\"y\":2}", messages.get(2).content());
    assertEquals(messages, PromptBody.messages(JSON.readTree(anthropic)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "{'messages':[{'role':'user','content':[{'image':{}}]}]} => NOT_TEXT",
        "{'messages':[{'role':'user','content':[{'type':'image_url','image_url':{}}]}]} => NOT_TEXT",
        "{'messages':[{'role':'narrator','content':'q'}]} => UNKNOWN_BODY",
        "{'question':'q'} => UNKNOWN_BODY"
      })
  void whatIsNotAllTextIsReported(String body, Omission kind) throws JsonProcessingException {
    var json = JSON.readTree(body.replace('\'', '"'));
    assertEquals(
        kind, assertThrows(OmittedException.class, () -> PromptBody.messages(json)).kind());
  }
}
