// The scripted trial shift: works a shift at the trial site by keyboard and leaves its record in the given folder.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { launchDesk } from './launch-desk.ts'
import { root } from './setup/setup.mjs'
import { recordShift } from './shift-record.ts'

const folder = resolve(process.argv[2] ?? 'trial-output')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const say = (line: string): void => void process.stdout.write(`${line}\n`)

process.exitCode = await recordShift({ folder, version, say }, async ({ step }) => {
  const desk = await launchDesk()
  try {
    await step('membuka meja', desk.page, async () => {
      await desk.page.getByRole('heading').first().waitFor()
    })
  } finally {
    await desk.stop()
  }
})
