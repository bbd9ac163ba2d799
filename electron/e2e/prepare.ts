// Before all tests of the running program: a build of the present sources, and a screen where there is none.
import { build } from '#scripts/build.mjs'
import { hasDisplay, startDisplay } from '#scripts/display.mjs'
import { nodeProgram } from '#scripts/setup/libraries.mjs'
import { root } from '#scripts/setup/setup.mjs'
import { electronRuntime } from '#scripts/launch-desk.ts'

export default async function prepare(): Promise<() => Promise<void>> {
  await build({ root, node: nodeProgram(root), env: { ...process.env, ...(await electronRuntime()) } })
  if (hasDisplay()) return async () => undefined
  const { display, stop } = await startDisplay()
  process.env.DISPLAY = display
  return stop
}
