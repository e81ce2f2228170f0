package rft.dataset;

/**
 * One tool call that an assistant message asks for.
 *
 * @param id identifier that the tool's answer refers to
 * @param name function name
 * @param arguments the arguments as JSON text, as the model wrote them
 */
public record ToolCall(String id, String name, String arguments) {}
