package rft.prompt.jinja;

/** Python's {@code None}. */
enum None {
  NONE
}
