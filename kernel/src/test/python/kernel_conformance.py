"""Jupyter's own conformance tests, all of those that are about something this kernel offers.

The name of the kernelspec is in the variable RFT_KERNEL_NAME. The pager is left out: help is shown
as output of the cell, which front-ends without a pager show as well.
"""

import os
import unittest

import jupyter_kernel_test
from jupyter_kernel_test.msgspec_v5 import validate_message

KERNEL = os.environ["RFT_KERNEL_NAME"]


class RftKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = KERNEL
    language_name = "java"
    file_extension = ".jshell"
    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("from stderr");'
    completion_samples = [
        {"text": "System.ou", "matches": {"out"}},
        {"text": "Integer.MAX_V", "matches": {"MAX_VALUE"}},
        {"text": "%runs li", "matches": {"list"}},
    ]
    complete_code_samples = ["1 + 1", "int a = 1;", "class A {\n}", "%help"]
    incomplete_code_samples = ["for (int i = 0; i < 3; i++) {", "int b = ", "/* open"]
    invalid_code_samples = ["int c = );", "class 1 {}"]
    code_generate_error = "int q = 1 / 0;"
    code_execute_result = [
        {"code": "1+2+3", "result": "6"},
        {"code": '"a" + 1', "result": "a1"},
        {"code": "java.util.List.of(1, 2)", "result": "[1, 2]"},
    ]
    code_history_pattern = "1?2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.max"
    code_display_data = [
        {"code": 'display("<b>bold</b>", "text/html")', "mime": "text/html"},
        {"code": "display(java.util.Map.of(1, 2))", "mime": "text/plain"},
    ]
    code_clear_output = "rft.display.CellOutput.current().orElseThrow().clear(false);"

    def test_stdin(self):
        self.flush_channels()
        code = "String name = new Scanner(System.in).nextLine(); name.length()"
        msg_id = self.kc.execute(code, allow_stdin=True)
        question = self.kc.get_stdin_msg(timeout=jupyter_kernel_test.TIMEOUT)
        # The suite's schema wants a number for a password; the protocol says it is a boolean.
        self.assertEqual(question["header"]["msg_type"], "input_request")
        self.assertEqual(question["parent_header"]["msg_id"], msg_id)
        self.assertIs(question["content"]["password"], False)
        self.kc.input("gr\u00fc\u00dfe \U0001f600")
        reply = self.get_non_kernel_info_reply(timeout=jupyter_kernel_test.TIMEOUT)
        validate_message(reply, "execute_reply", msg_id)
        self.assertEqual(reply["content"]["status"], "ok")


class RftIopubWelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = KERNEL
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main()
