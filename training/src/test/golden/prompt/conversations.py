"""The conversations that every template renders, in the form of a dataset row."""

WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "The weather of a city, in °C.",
        "parameters": {
            "type": "object",
            "properties": {
                "city": {"type": "string", "description": "Name of the city"},
                "days": {"type": "integer", "enum": [1, 3, 7]},
            },
            "required": ["city"],
        },
    },
}


def call(number, city):
    arguments = '{"city": "%s", "days": 1, "exact": 1.0}' % city
    return {"id": "call%05d" % number, "name": "get_weather", "arguments": arguments}


def turn(role, content, *calls):
    message = {"role": role, "content": content}
    if calls:
        message["tool_calls"] = list(calls)
    return message


USER = turn("user", "What is 2 + 2?")
SYSTEM = turn("system", "Answer with one number.")

CONVERSATIONS = {
    "one turn": {"messages": [USER]},
    "system": {"messages": [SYSTEM, USER]},
    "several turns": {
        "messages": [SYSTEM, USER, turn("assistant", "4"), turn("user", "And 3 + 3?")]
    },
    "no generation prompt": {
        "messages": [USER, turn("assistant", "4"), turn("user", "Sure?"), turn("assistant", "Yes.")],
        "add_generation_prompt": False,
    },
    "unicode": {
        "messages": [turn("system", "Être 漢字"), turn("user", "🙂 naïve \u00a0 'q' \"d\" <b>&amp;\\n")]
    },
    "white space": {
        "messages": [turn("system", "\n s \n"), turn("user", "  two\n\nlines\t\n"), turn("assistant", " x "), turn("user", "\n")]
    },
    "empty content": {"messages": [turn("system", ""), turn("user", "")]},
    "system only": {"messages": [SYSTEM]},
    "two users in a row": {"messages": [USER, USER]},
    "assistant first": {"messages": [turn("assistant", "Hi"), USER]},
    "reasoning": {
        "messages": [USER, turn("assistant", "<think>\nadd\n</think>\n\n4"), turn("user", "Sure?")]
    },
    "without thinking": {"messages": [USER], "variables": {"enable_thinking": False}},
    "tools offered": {"messages": [SYSTEM, USER], "variables": {"tools": [WEATHER]}},
    "tool call": {
        "messages": [
            turn("user", "Weather in Orléans?"),
            turn("assistant", "", call(1, "Orléans")),
            turn("tool", '{"celsius": 21.5}'),
        ],
        "variables": {"tools": [WEATHER]},
    },
    "tool call and answer": {
        "messages": [
            SYSTEM,
            turn("user", "Weather?"),
            turn("assistant", "I look it up.", call(1, "Rome")),
            turn("tool", "21"),
            turn("assistant", "21 degrees."),
            turn("user", "Thanks"),
        ],
        "variables": {"tools": [WEATHER], "date_string": "01 Jan 2025"},
    },
    "two calls at once": {
        "messages": [
            turn("user", "Weather in Rome and Oslo?"),
            turn("assistant", "", call(1, "Rome"), call(2, "Oslo")),
            turn("tool", "21"),
            turn("tool", "9"),
        ],
        "variables": {"tools": [WEATHER]},
    },
}
