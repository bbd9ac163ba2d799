// `npm run pictures`: takes pictures of the running workstation in every theme and both sizes, for people to look at.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { launchDesk, resize, sizes, type Size, type Theme } from './launch-desk.ts'
import { root } from './setup/setup.mjs'

const folder = join(root, 'out', 'pictures')
mkdirSync(folder, { recursive: true })
const themes: readonly Theme[] = ['dark', 'light', 'hc']

for (const theme of themes) {
  const desk = await launchDesk({ theme })
  try {
    await desk.page.getByRole('heading').first().waitFor()
    for (const size of Object.keys(sizes) as Size[]) {
      await resize(desk.app, size)
      const path = join(folder, `start-${theme}-${size}.png`)
      await desk.page.screenshot({ path, animations: 'disabled' })
      process.stdout.write(`${path}\n`)
    }
  } finally {
    await desk.stop()
  }
}
