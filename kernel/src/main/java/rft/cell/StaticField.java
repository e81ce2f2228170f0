package rft.cell;

import java.lang.reflect.Field;

/** Reads or writes the static field behind a variable of a cell. */
interface StaticField {
  void access(Field field) throws IllegalAccessException;
}
