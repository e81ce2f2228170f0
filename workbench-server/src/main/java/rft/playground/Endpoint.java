package rft.playground;

import java.net.URI;

/**
 * Where a model answers, in the way of the OpenAI API.
 *
 * @param address for example {@code http://127.0.0.1:40213}
 * @param token what its requests carry
 */
record Endpoint(URI address, String token) {
  URI at(String path) {
    return address.resolve(path);
  }

  String authorization() {
    return "Bearer " + token;
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
