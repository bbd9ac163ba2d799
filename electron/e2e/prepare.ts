// Around all tests of the running program: a build of the present sources, a screen where there is none, a temporary folder.
import { build } from '#scripts/build.mjs'
import { hasDisplay, startDisplay } from '#scripts/display.mjs'
import { nodeProgram } from '#scripts/setup/libraries.mjs'
import { leftBehind, openRunFolder } from '#scripts/run-folder.mjs'
import { root } from '#scripts/setup/setup.mjs'
import { electronRuntime } from '#scripts/launch-desk.ts'

export default async function prepare(): Promise<() => Promise<void>> {
  await build({ root, node: nodeProgram(root), env: { ...process.env, ...(await electronRuntime()) } })
  const screen = hasDisplay() ? undefined : await startDisplay()
  if (screen !== undefined) process.env.DISPLAY = screen.display
  const { close } = openRunFolder()
  return async () => {
    await screen?.stop()
    const left = close()
    if (left.length > 0) throw new Error(leftBehind(left))
  }
}
