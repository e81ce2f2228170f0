package rft.wire;

/** The five sockets between a front-end and a kernel. */
public enum Channel {
  /** Requests that the kernel answers: run, complete, inspect. */
  SHELL("shell_port"),
  /** What the kernel tells everybody who listens: output, busy and idle. */
  IOPUB("iopub_port"),
  /** The kernel asks the user for a line. */
  STDIN("stdin_port"),
  /** Requests that must not wait behind a running cell: interrupt, shut down. */
  CONTROL("control_port"),
  /** Bytes that come back as they are. */
  HEARTBEAT("hb_port");

  private final String portKey;

  Channel(String portKey) {
    this.portKey = portKey;
  }

  /** Returns the name of this channel's port in a connection file. */
  String portKey() {
    return portKey;
  }
}
