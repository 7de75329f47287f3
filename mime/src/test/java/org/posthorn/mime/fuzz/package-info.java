/**
 * Targets for coverage-guided fuzzing. Each is a class with a method {@code fuzzerTestOneInput}
 * that throws where something is wrong; Jazzer finds the inputs. What it found worth keeping lies
 * in {@code src/test/fuzz}, and every test run feeds it in again.
 */
package org.posthorn.mime.fuzz;
