// Reads the reports of the two test runners: how many passed and failed, and which were skipped.

/** @typedef {{ passed: number, failed: number, skipped: string[] }} Counts */

/**
 * @param {Counts} a
 * @param {Counts} b
 * @returns {Counts}
 */
export function addCounts(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: [...a.skipped, ...b.skipped] }
}

/**
 * From vitest's JSON report. A file that could not be loaded counts as one failure.
 * @param {any} report
 * @returns {Counts}
 */
export function vitestCounts(report) {
  /** @type {Counts} */
  const counts = { passed: 0, failed: 0, skipped: [] }
  for (const file of report.testResults) {
    if (file.assertionResults.length === 0 && file.status === 'failed') counts.failed += 1
    for (const test of file.assertionResults) {
      if (test.status === 'passed') counts.passed += 1
      else if (test.status === 'failed') counts.failed += 1
      else counts.skipped.push(test.fullName)
    }
  }
  return counts
}

/**
 * From Playwright's JSON report. A test that passed only on a second try counts as failed.
 * @param {any} report
 * @returns {Counts}
 */
export function playwrightCounts(report) {
  /** @type {Counts} */
  const counts = { passed: 0, failed: report.errors.length, skipped: [] }
  const visit = (/** @type {any} */ suite) => {
    for (const inner of suite.suites ?? []) visit(inner)
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        if (test.status === 'expected') counts.passed += 1
        else if (test.status === 'skipped') counts.skipped.push(spec.title)
        else counts.failed += 1
      }
    }
  }
  for (const suite of report.suites) visit(suite)
  return counts
}

/**
 * From the tests in the guest. A run without a single test proves nothing and counts as failed; where the guest is impossible
 * that is a failure on a machine that must be able to (`mustRun`), and else nothing but a loud line.
 * @param {import('./guest/run-tests.mjs').Report} report
 * @param {{ mustRun?: boolean }} [rule]
 * @returns {Counts}
 */
export function guestCounts(report, { mustRun = false } = {}) {
  if (report.kind === 'impossible') return { passed: 0, failed: mustRun ? 1 : 0, skipped: [] }
  const of = (/** @type {string} */ outcome) => report.results.filter((result) => result.outcome === outcome)
  return {
    passed: of('passed').length,
    failed: of('failed').length + (report.results.length === 0 ? 1 : 0),
    skipped: of('skipped').map(({ name }) => name),
  }
}

/**
 * The skipped tests that the list does not explain. The list is `[{ "name": ..., "reason": ... }]`.
 * @param {readonly string[]} skipped
 * @param {any} explained
 * @returns {string[]}
 */
export function unexplainedSkips(skipped, explained) {
  const known = new Set(
    explained
      .filter((/** @type {any} */ entry) => entry.reason.length > 0)
      .map((/** @type {any} */ entry) => entry.name),
  )
  return skipped.filter((name) => !known.has(name))
}
