// Prints "N passed, N failed, N skipped" from vitest's JSON report. Ends with 1 where a test failed, none ran or one was skipped.

import { readFileSync } from 'node:fs';

const [file] = process.argv.slice(2);
const { testResults } = JSON.parse(readFileSync(file, 'utf8'));

const count = { passed: 0, failed: 0, skipped: 0 };
const named = { failed: [], skipped: [] };
for (const { name, status, assertionResults } of testResults) {
  // A file that cannot even be loaded has no tests to count, and is a failure all the same.
  if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) {
    count.failed += 1;
    named.failed.push(name);
  }
  for (const test of assertionResults) {
    const kind = test.status === 'passed' || test.status === 'failed' ? test.status : 'skipped';
    count[kind] += 1;
    named[kind]?.push(`${name}: ${test.fullName}`);
  }
}

for (const [kind, tests] of Object.entries(named)) {
  for (const test of tests) console.log(`${kind}: ${test}`);
}
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exitCode = count.passed > 0 && count.failed === 0 && count.skipped === 0 ? 0 : 1;
