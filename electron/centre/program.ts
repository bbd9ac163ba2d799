// `npm run centre -- ...`: runs the reference centre of one site as a program of its own until it is told to stop.
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createUnderstanding, renewState } from '#db/apply/understanding.ts'
import { startCopy } from '#db/log/copy.ts'
import { openLog } from '#db/log/open-log.ts'
import { checkTail } from '#db/log/tail.ts'
import { migrate } from '#db/migrate.ts'
import { openDatabase } from '#db/open.ts'
import { systemClock } from '#domain/time.ts'
import { startCentre } from './centre.ts'
import { adoptMemberList, isNewList } from './member-list.ts'

const usage = `usage: centre --site NAME --dir FOLDER --key-file FILE --broker URL --root-key KEY
  --dir          holds the database (made when it does not exist)
  --key-file     database key, 64 hex digits
  --broker       mqtt://host:port, may be given several times
  --root-key     public key that member lists are signed with
  --password-file  password of user PUSAT at the broker
  --members      a signed member list to take in and publish
  --second-dir   folder on a second disk for the running copy`

const member = 'PUSAT'

function readOptions() {
  const { values } = parseArgs({
    options: {
      site: { type: 'string' },
      dir: { type: 'string' },
      'key-file': { type: 'string' },
      broker: { type: 'string', multiple: true },
      'root-key': { type: 'string' },
      'password-file': { type: 'string' },
      members: { type: 'string' },
      'second-dir': { type: 'string' },
    },
  })
  const { site, dir, broker } = values
  const keyFile = values['key-file']
  const rootKey = values['root-key']
  if (!site || !dir || !keyFile || !rootKey || !broker) throw new Error(usage)
  return { ...values, site, dir, broker, keyFile, rootKey }
}

const textOf = (file: string) => readFileSync(file, 'utf8').trim()

/** JSON lines for whoever runs the program; nothing personal is in them. */
function say(event: string, facts: object = {}): void {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...facts })}\n`)
}

type Options = ReturnType<typeof readOptions>

function openStore(options: Options) {
  mkdirSync(options.dir, { recursive: true })
  const opened = { file: join(options.dir, 'pusat.db'), key: textOf(options.keyFile) }
  const db = openDatabase(opened)
  migrate(db, { dir: join(import.meta.dirname, '../../db/migrations'), now: systemClock.now })
  const { site, rootKey } = options
  const understanding = createUnderstanding()
  const log = openLog(db, { site, member, scope: 'centre', rootKey, clock: systemClock, understanding })
  checkTail(log)
  renewState(log)
  const list = options.members === undefined ? undefined : textOf(options.members)
  if (list !== undefined && isNewList(log, list)) adoptMemberList(log, list)
  return { db, log, key: opened.key, newReader: () => openDatabase({ ...opened, readonly: true }) }
}

function run(): void {
  const options = readOptions()
  const { db, log, key, newReader } = openStore(options)
  const [reader, copyReader] = [newReader(), newReader()]
  const copy = startCopy({
    db,
    reader: copyReader,
    dir: options['second-dir'] ?? join(options.dir, 'copy'),
    site: options.site,
    databaseKey: key,
    now: systemClock.now,
    onState: ({ failure }) => failure !== null && say('copy failed', { failure }),
  })
  const passwordFile = options['password-file']
  let notErased = ''
  const sayErasing = () => {
    const desks = centre.erasing().join(' ')
    if (desks !== notErased) say('erasure is proved by all but', { desks })
    notErased = desks
  }
  const centre = startCentre({
    log,
    reader,
    brokers: options.broker,
    app: 'centre',
    onChange: () => {
      copy.afterCommit()
      sayErasing()
    },
    onFailure: (failure) => say('database refused', { failure }),
    ...(passwordFile === undefined ? {} : { password: textOf(passwordFile) }),
  })
  const stop = async () => {
    await centre.stop()
    await copy.stop()
    for (const connection of [copyReader, reader, db]) connection.close()
    say('stopped')
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop())
  say('started', { origin: log.memory.key.origin, key: log.memory.key.key, members: log.memory.list?.version ?? 0 })
}

try {
  run()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
