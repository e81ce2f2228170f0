/**
 * A policy as an endpoint that speaks OpenAI's protocol, in a process of its own. In: requests over
 * HTTP. Out: answers, token by token where asked for. Start at {@link rft.serving.Serve}; a request
 * goes from {@code ServingRoutes} by {@code AskReader} and {@code Generator} to {@code
 * DecodingLoop}, and its tokens come back by {@code Answer}.
 */
@NullMarked
package rft.serving;

import org.jspecify.annotations.NullMarked;
