package rft.prompt.jinja;

/**
 * The value of a name that nothing defines: it prints as nothing and is false, and any other use is
 * an error.
 *
 * @param reason why there is no value, for that error
 */
record Undefined(String reason) {
  JinjaException used() {
    return new JinjaException(reason);
  }
}
