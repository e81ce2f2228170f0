/**
 * Notebooks and kernels as files: run a notebook headless, install the kernel, check it. In: files.
 * Out: files and findings.
 */
@NullMarked
package rft.notebook;

import org.jspecify.annotations.NullMarked;
