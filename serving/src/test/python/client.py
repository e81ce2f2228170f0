"""What OpenAI's client asks of a server, each answer checked as its types have it."""
import openai

client = openai.OpenAI(max_retries=0)
question = [{"role": "system", "content": "You add."},
            {"role": "user", "content": [{"type": "text", "text": "How much is 3 plus 4?"}]}]

ids = [model.id for model in client.models.list()]
assert ids == ["base", "tiny-chat", "ft:tiny-chat:shaken"], ids
assert [client.models.retrieve(one).id for one in ids] == ids

whole = client.chat.completions.create(
    model=ids[0], messages=question, n=2, seed=5, temperature=0.9, top_p=0.95,
    max_completion_tokens=40, logprobs=True, top_logprobs=4, stop=["\n\n"], user="me")
assert [choice.index for choice in whole.choices] == [0, 1]
for choice in whole.choices:
    assert choice.finish_reason in ("stop", "length"), choice
    tokens = choice.logprobs.content
    assert "".join(token.token for token in tokens) == choice.message.content
    assert all(len(token.top_logprobs) == 4 and token.logprob <= 0 for token in tokens)
    assert bytes(sum((token.bytes for token in tokens), [])).decode() == choice.message.content
assert whole.usage.total_tokens == whole.usage.prompt_tokens + whole.usage.completion_tokens

texts, usage, ends = ["", ""], None, []
for chunk in client.chat.completions.create(
        model=ids[0], messages=question, n=2, seed=5, temperature=0.9, top_p=0.95,
        max_completion_tokens=40, stop=["\n\n"], stream=True,
        stream_options={"include_usage": True}):
    for choice in chunk.choices:
        texts[choice.index] += choice.delta.content or ""
        ends += [choice.finish_reason] if choice.finish_reason else []
    usage = chunk.usage or usage
assert texts == [choice.message.content for choice in whole.choices], texts
assert usage == whole.usage and len(ends) == 2

tuned = client.chat.completions.create(model=ids[1], messages=question, temperature=0, max_tokens=9)
assert tuned.model == ids[1] and tuned.choices[0].message.role == "assistant"

text = client.completions.create(
    model="base", prompt="How much is", echo=True, logprobs=2, max_tokens=3, temperature=0)
lists = text.choices[0].logprobs
assert text.choices[0].text.startswith("How much is")
assert "".join(lists.tokens) == text.choices[0].text and lists.token_logprobs[0] is None
assert lists.text_offset[1] == len(lists.tokens[0]) and len(lists.top_logprobs[1]) == 2

# An answer that ends by itself: the client's helper raises an error for one that was cut.
with client.chat.completions.stream(
        model="base", messages=question, max_tokens=64, temperature=0) as stream:
    for event in stream:
        pass
    assert stream.get_final_completion().choices[0].finish_reason == "stop"

try:
    client.chat.completions.create(model="tiny-cat", messages=question)
    raise AssertionError("an unknown model was served")
except openai.NotFoundError as error:
    assert error.code == "model_not_found" and error.param == "model", error
try:
    client.chat.completions.create(model="base", messages=question, temperature=9)
    raise AssertionError("a temperature of 9 was taken")
except openai.BadRequestError as error:
    assert error.param == "temperature" and error.type == "invalid_request_error", error
try:
    openai.OpenAI(api_key="wrong", max_retries=0).models.list()
    raise AssertionError("a wrong token was taken")
except openai.AuthenticationError:
    pass
print("all well")
