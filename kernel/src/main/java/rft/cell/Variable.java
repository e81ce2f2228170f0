package rft.cell;

import org.jspecify.annotations.Nullable;

/**
 * A variable that a cell declared.
 *
 * @param type as Java writes it, for example {@code List<String>}
 * @param value what it holds now
 */
public record Variable(String name, String type, @Nullable Object value) {}
