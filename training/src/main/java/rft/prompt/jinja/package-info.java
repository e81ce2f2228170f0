/**
 * The part of the Jinja template language that chat templates use, with the settings and the
 * globals of Hugging Face transformers. Start at {@link rft.prompt.jinja.JinjaTemplate}. In: a
 * template and variables. Out: text. {@code Lexer} and the two parsers make {@code Statement}s and
 * {@code Expression}s, which evaluate themselves in a {@code Scope}.
 */
@NullMarked
package rft.prompt.jinja;

import org.jspecify.annotations.NullMarked;
