import { writeFileSync } from 'node:fs';

/** A vitest reporter that counts for the last line of `npm test`. */
export default class TestResultReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state) => tests.filter((test) => test.result().state === state).length;
    // A file that cannot be loaded has no tests to fail.
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const result = { passed: count('passed'), failed: count('failed') + broken + unhandledErrors.length };
    if (process.env.PASAR_TEST_RESULT) writeFileSync(process.env.PASAR_TEST_RESULT, JSON.stringify(result));
  }
}
