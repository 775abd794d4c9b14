import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A real mail server to read from, Dovecot, where it is installed: nothing of it runs as a service, and nothing is kept. */
export interface ImapServer {
  readonly port: number
  /** Puts a mail into the folder as the system that receives mail does. */
  deliver(raw: string, folder?: string): Promise<void>
  /** The mails of a folder with their flags, in small letters. */
  mails(folder?: string): Promise<readonly { readonly raw: string; readonly seen: boolean }[]>
  /** Lets the server count its mails anew, as after a repair. */
  countAnew(): Promise<void>
  /** Ends every connection, as a server does that is restarted. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export const imapUser = 'care'
export const imapPassword = 'a-kettle-boils'

/** Where Dovecot lies; `PATRON_DOVECOT` names another one. */
const dovecot = [process.env.PATRON_DOVECOT, '/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/opt/homebrew/sbin/dovecot'].find(
  (path) => path !== undefined && existsSync(path),
)

/** Why no real mail server can be read from here; null where one can. */
export const noImapServer: string | null = reason()
function reason(): string | null {
  if (dovecot === undefined) return 'Dovecot is not installed (PATRON_DOVECOT may name it)'
  const version = execFileSync(dovecot, ['--version'], { encoding: 'utf8' })
  // The next one is configured in other words.
  return version.startsWith('2.3.') ? null : `Dovecot ${version.trim()} is not 2.3`
}

export async function startImapServer(more = ''): Promise<ImapServer> {
  const folder = await mkdtemp(join(tmpdir(), 'patron-imap-'))
  // It changes its user for whoever signs in, and has to reach its own files then.
  await chmod(folder, 0o755)
  const port = await freePort()
  const self = userInfo()
  // Started by root it runs as its own users, and reads mails as nobody; else all of it is whoever starts it.
  const { uid, gid } = self.uid === 0 ? { uid: 65_534, gid: 65_534 } : self
  const users =
    self.uid === 0
      ? ''
      : `default_internal_user = ${self.username}\ndefault_internal_group = ${groupName()}\ndefault_login_user = ${self.username}\n`
  const box = join(folder, 'mail')
  for (const part of [box, ...['cur', 'new', 'tmp'].map((name) => join(box, name))]) {
    await mkdir(part)
    await chown(part, uid, gid)
  }
  const configuration = join(folder, 'dovecot.conf')
  await writeFile(
    configuration,
    `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
${users}first_valid_uid = ${uid}
first_valid_gid = ${gid}
mail_location = maildir:${box}
maildir_very_dirty_syncs = no
mailbox_list_index = no
mail_max_userip_connections = 100
auth_failure_delay = 0
namespace inbox {
  inbox = yes
}
passdb {
  driver = static
  args = password=${imapPassword}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
${more}
`,
  )
  let server = await begin()
  async function begin() {
    const child = spawn(dovecot!, ['-F', '-c', configuration], { stdio: 'ignore' })
    let ended = false
    child.on('exit', () => {
      ended = true
    })
    for (let waited = 0; !(await answers(port)); waited++) {
      if (ended || waited > 200) throw new Error(`Dovecot did not start: ${await readFile(join(folder, 'log'), 'utf8').catch(() => '')}`)
      await sleep(50)
    }
    return {
      async stop() {
        const gone = new Promise((resolve) => child.once('exit', resolve))
        if (!ended) child.kill('SIGTERM')
        if (!ended) await gone
      },
    }
  }
  const pathOf = (name?: string) => (name === undefined ? box : join(box, `.${name}`))
  let delivered = 0
  return {
    port,
    async deliver(raw, name) {
      const file = `${Math.floor(Date.now() / 1000)}.M${String(++delivered).padStart(6, '0')}P${process.pid}.test`
      await writeFile(join(pathOf(name), 'tmp', file), raw.replace(/\r?\n/g, '\r\n'))
      await chown(join(pathOf(name), 'tmp', file), uid, gid)
      await rename(join(pathOf(name), 'tmp', file), join(pathOf(name), 'new', file))
    },
    async mails(name) {
      // A mail that is marked while it is looked for has another file name a moment later: then all are looked for again.
      for (let tries = 0; ; tries++)
        try {
          return await mailsIn(pathOf(name))
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || tries === 20) throw error
        }
    },
    async countAnew() {
      await server.stop()
      // Its number is the time at which it began, in seconds.
      await sleep(1100)
      for (const file of await readdir(box)) if (file.startsWith('dovecot')) await rm(join(box, file))
      server = await begin()
    },
    async restart() {
      await server.stop()
      server = await begin()
    },
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function mailsIn(box: string) {
  const found = []
  for (const part of ['new', 'cur']) {
    const directory = join(box, part)
    for (const file of existsSync(directory) ? (await readdir(directory)).sort() : [])
      found.push({ raw: (await readFile(join(directory, file), 'utf8')).replaceAll('\r\n', '\n'), seen: /:2,\w*S/.test(file) })
  }
  return found
}

const groupName = () => execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim()

const answers = (port: number) =>
  new Promise<boolean>((answer) => {
    const socket = connect(port, '127.0.0.1')
    socket.setTimeout(1000, () => socket.destroy())
    socket.once('data', (data) => {
      socket.destroy()
      answer(data.toString().startsWith('* OK'))
    })
    socket.once('error', () => answer(false))
    socket.once('close', () => answer(false))
  })

const freePort = () =>
  new Promise<number>((answer) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => answer(port))
    })
  })
