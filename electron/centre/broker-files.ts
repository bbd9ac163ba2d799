// The files of a mosquitto broker for one site: configuration and passwords. Who may do what is one table, in log/acl.ts.
import { pbkdf2Sync, randomBytes } from 'node:crypto'

const iterations = 10_000

/** The text of a password file in mosquitto's own format (PBKDF2 with SHA-512); user name = member. */
export function passwordFile(users: readonly { readonly member: string; readonly password: string }[]): string {
  const lines = users.map(({ member, password }) => {
    const salt = randomBytes(12)
    const hash = pbkdf2Sync(password, salt, iterations, 64, 'sha512')
    return `${member}:$7$${iterations}$${salt.toString('base64')}$${hash.toString('base64')}`
  })
  return `${lines.join('\n')}\n`
}

/** The text of a configuration: one listener, members only, nothing kept on the broker's disk. */
export function brokerConfig(facts: {
  readonly port: number
  readonly bind: string
  readonly aclFile: string
  readonly passwordFile: string
}): string {
  return [
    `listener ${facts.port} ${facts.bind}`,
    'allow_anonymous false',
    `password_file ${facts.passwordFile}`,
    `acl_file ${facts.aclFile}`,
    'persistence false',
    // Without it a small message waits until the one before is acknowledged.
    'set_tcp_nodelay true',
    'message_size_limit 300000',
    '',
  ].join('\n')
}
