package rft.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rft.command.CommandException;

final class NotebookTest {
  /** Written by nbformat 5.11: what Jupyter saves. */
  private static final String SAVED =
      """
      {
       "cells": [
        {
         "cell_type": "markdown",
         "id": "intro",
         "metadata": {},
         "source": [
          "# Grüße 😀\\n",
          "two \\"lines\\""
         ]
        },
        {
         "cell_type": "code",
         "execution_count": 1,
         "id": "c0ffee00",
         "metadata": {
          "tags": [
           "a"
          ],
          "unknown": {
           "a": 0.1,
           "b": 1e-05,
           "big": 1e+16,
           "n": 12345678901234567890
          }
         },
         "outputs": [
          {
           "data": {
            "application/json": {
             "list": [
              1.0,
              true,
              null
             ],
             "text": "one\\ntwo"
            },
            "image/png": "iVBOR\\nw0KG",
            "text/html": [
             "<b>1</b>\\n",
             "<i>2</i>"
            ],
            "text/plain": []
           },
           "execution_count": 1,
           "metadata": {},
           "output_type": "execute_result"
          },
          {
           "name": "stdout",
           "output_type": "stream",
           "text": [
            "\\u001b[31mred\\u001b[0m\\n",
            "\\r",
            "50%\\r",
            "100%"
           ]
          }
         ],
         "source": []
        }
       ],
       "metadata": {
        "kernelspec": {
         "display_name": "Java",
         "language": "java",
         "name": "whatever"
        }
       },
       "nbformat": 4,
       "nbformat_minor": 5
      }
      """;

  @Test
  void whatJupyterSavedIsSavedAgainByteForByte() {
    assertEquals(SAVED, Notebook.parse(SAVED, "n.ipynb").text());
  }

  @Test
  void anOlderNotebookGetsIdsThatAreTheSameEveryTime() {
    String old = Cells.text("1+1", "1+1").replace("\"nbformat_minor\":5", "\"nbformat_minor\":2");
    Notebook notebook = Notebook.parse(old, "old.ipynb");
    List<String> ids = notebook.codeCells().stream().map(CodeCell::id).toList();
    assertEquals(2, new HashSet<>(ids).size(), ids.toString());
    assertTrue(ids.stream().allMatch(id -> id.matches("[0-9a-f]{8}")), ids.toString());
    assertEquals(notebook.text(), Notebook.parse(old, "old.ipynb").text());
    assertTrue(notebook.text().contains("\"nbformat_minor\": 5"), notebook.text());
  }

  @Test
  void cellsAreCountedWithTheTextBetween() {
    String markdown = "{\"cell_type\":\"markdown\",\"metadata\":{},\"source\":\"x\"},";
    Notebook notebook =
        Notebook.parse(Cells.file(markdown + Cells.cell("\n int a = 1;\n", "")), "n.ipynb");
    assertEquals(2, notebook.codeCells().get(0).number());
    assertEquals("int a = 1;", notebook.codeCells().get(0).title());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"cells\":[}",
        "[]",
        "{}",
        "{\"cells\":[]}",
        "{\"cells\":[1],\"nbformat\":4}",
        "{\"worksheets\":[],\"cells\":[],\"nbformat\":3}"
      })
  void whatIsNoNotebookIsRefusedByName(String text) {
    CommandException refused =
        assertThrows(CommandException.class, () -> Notebook.parse(text, "n.ipynb"));
    assertTrue(refused.getMessage().startsWith("n.ipynb"), refused.getMessage());
  }

  @Test
  void theLanguageIsThatOfTheKernelOrElseJava() {
    assertEquals("java", Cells.notebook("1").language());
    String python = Cells.text("1").replace("\"language\":\"java\"", "\"language\":\"Python\"");
    assertEquals("python", Notebook.parse(python, "n").language());
    assertEquals("java", Notebook.parse("{\"cells\":[],\"nbformat\":4}", "n").language());
  }

  @Test
  void linesEndWherePythonEndsThem() {
    assertEquals(
        List.of("a\r\n", "b\r", "c\u2028", "d\u000b", "\n", "e"),
        SplitLines.lines("a\r\nb\rc\u2028d\u000b\ne"));
    assertEquals(List.of(), SplitLines.lines(""));
    assertEquals("x\u0085y\u001ez", String.join("", SplitLines.lines("x\u0085y\u001ez")));
  }

  @Test
  void aFloatIsWrittenAsPythonWritesIt() throws Exception {
    List<String> python =
        Stream.of("1.0", "0.0001", "1e-05", "1.5e+16", "123456789.125", "1e+100", "-2.5e-07")
            .toList();
    for (String number : python) {
      assertEquals(number, JupyterJson.write(JupyterJson.read(number)));
    }
    assertEquals("100.0", JupyterJson.write(JupyterJson.read("1e2")));
  }
}
