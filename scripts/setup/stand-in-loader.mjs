// Runs inside the stand-in Electron: does what Electron's own default app does, namely start the app folder named on the
// command line. It is copied beside the stand-in and must not import anything of the project.
import { app } from 'electron'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const flagsWithValue = new Set(['-r', '--require'])

/** @param {readonly string[]} args */
function readArguments(args) {
  /** @type {string[]} */
  const preloads = []
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? ''
    if (flagsWithValue.has(argument)) {
      preloads.push(args[index + 1] ?? '')
      index += 1
    } else if (!argument.startsWith('-')) {
      return { preloads, folder: resolve(argument) }
    }
  }
  return { preloads, folder: undefined }
}

const { preloads, folder } = readArguments(process.argv.slice(1))
if (folder === undefined) {
  process.stderr.write('usage: electron [flags] APP-FOLDER [arguments]\n')
  app.exit(2)
} else {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const load = createRequire(join(folder, 'package.json'))
  for (const file of preloads) load(resolve(file))
  app.setName(manifest.productName ?? manifest.name)
  // Electron's own default app calls these two as well; they are not among the published types.
  Reflect.apply(Reflect.get(app, 'setVersion'), app, [manifest.version])
  Reflect.apply(Reflect.get(app, 'setAppPath'), app, [folder])
  await import(pathToFileURL(join(folder, manifest.main)).href)
}
