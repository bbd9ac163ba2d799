// Waits in tests of the guest until something is so. It asserts no time: the limit only ends what hangs.

const limitMs = 120_000
const everyMs = 5

/**
 * Asks again and again until there is an answer.
 * @param what said when it never came
 */
export async function until<T>(what: string, ask: () => T | undefined | false): Promise<T> {
  const startedAt = performance.now()
  for (;;) {
    const found = ask()
    if (found !== undefined && found !== false) return found
    if (performance.now() - startedAt > limitMs) throw new Error(`never: ${what}`)
    await wait(everyMs)
  }
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
