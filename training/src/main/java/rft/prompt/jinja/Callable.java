package rft.prompt.jinja;

/** Something that a template may call: a global function, a method or a macro. */
interface Callable {
  Object call(Arguments arguments, Scope scope);
}
