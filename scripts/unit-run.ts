// Before and after all unit tests of one run: a folder for their temporary files, which has to be empty at the end.
import { leftBehind, openRunFolder } from './run-folder.mjs'

/** Called by vitest before its workers start; they inherit the environment. */
export function setup(): () => void {
  const { close } = openRunFolder()
  return () => {
    const left = close()
    if (left.length === 0) return
    process.stderr.write(`${leftBehind(left)}\n`)
    process.exitCode = 1
  }
}
