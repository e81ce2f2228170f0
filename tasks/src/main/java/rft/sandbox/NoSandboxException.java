package rft.sandbox;

import java.io.IOException;

/** No sandbox works on this machine; the message says what was tried and how to get one. */
public final class NoSandboxException extends IOException {
  private static final long serialVersionUID = 1L;

  public NoSandboxException(String message) {
    super(message);
  }
}
