import { isIP } from 'node:net'
import { ImapFlow, type ImapFlowError } from 'imapflow'
import { addressOut, type Outgoing, Unreachable } from '../egress.ts'
import type { Sealing } from '../sealing.ts'
import type { MailboxProblem } from './api.ts'
import type { Mailbox } from './mailbox-store.ts'

/** Names of servers are resolved in so long, connections made in so long, and one that says nothing for so long is given up; while it waits for mails it is asked more often than that. */
const connectMilliseconds = 20_000
const silentMilliseconds = 6 * 60_000
export const idleMilliseconds = 4 * 60_000

export const secretPurpose = (mailboxId: string): string => `mailbox ${mailboxId}`

/** Why a mailbox could not be opened with what is said about it. */
class NotUsable extends Error {
  readonly reason: MailboxProblem
  constructor(reason: MailboxProblem, detail: string) {
    super(detail)
    this.name = 'NotUsable'
    this.reason = reason
  }
}

export async function passwordOf({ id, secret }: Pick<Mailbox, 'id' | 'secret'>, sealing: Sealing | undefined): Promise<string> {
  if (!sealing) throw new Error('Mailboxes are read only where secrets can be opened')
  return sealing.open(secret, secretPurpose(id)).catch((error: Error) => {
    throw new NotUsable('secret-unreadable', error.message)
  })
}

/** A connection to the server of a mailbox, by the guarded way: to an address that was checked, under the name that the certificate must carry. Whoever opens it closes it. */
export async function connectTo(
  mailbox: Pick<Mailbox, 'host' | 'port' | 'security' | 'username' | 'ownNetwork' | 'limitMegabytes'>,
  password: string,
  resolve?: Outgoing['resolve'],
): Promise<ImapFlow> {
  const { host, port, security, username, ownNetwork, limitMegabytes } = mailbox
  const address = await addressOut(host, { ownNetwork, milliseconds: connectMilliseconds, ...(resolve ? { resolve } : {}) })
  const client = new ImapFlow({
    host: address,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    port,
    secure: security === 'tls',
    ...(security === 'tls' ? {} : { doSTARTTLS: security === 'starttls' }),
    auth: { user: username, pass: password },
    logger: false,
    disableAutoIdle: true,
    disableCompression: true,
    maxIdleTime: idleMilliseconds,
    connectionTimeout: connectMilliseconds,
    greetingTimeout: connectMilliseconds,
    socketTimeout: silentMilliseconds,
    // Some servers send a mail in whole whatever part of it was asked for.
    maxLiteralSize: (limitMegabytes + 8) << 20,
    maxLineLength: 8 << 20,
    clientInfo: { name: 'Patron' },
  })
  // Without a listener a connection that is lost later would end the process; whoever works with it hears of it by what it waits for.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    client.close()
    throw error
  }
  return client
}

const codes: Readonly<Record<string, MailboxProblem>> = {
  ECONNREFUSED: 'not-reachable',
  EHOSTUNREACH: 'not-reachable',
  ENETUNREACH: 'not-reachable',
  ECONNRESET: 'broken-off',
  EPIPE: 'broken-off',
  NoConnection: 'broken-off',
  EConnectionClosed: 'broken-off',
  ClosedAfterConnectText: 'broken-off',
  ClosedAfterConnectTLS: 'broken-off',
  DownloadIncomplete: 'broken-off',
  CONNECT_TIMEOUT: 'no-answer-in-time',
  GREETING_TIMEOUT: 'no-answer-in-time',
  UPGRADE_TIMEOUT: 'no-answer-in-time',
  ETIMEDOUT: 'no-answer-in-time',
  ETIMEOUT: 'no-answer-in-time',
}

/** What went wrong with a mailbox, as one word and in the server's own. */
export function problemOf(error: unknown): { readonly problem: MailboxProblem; readonly detail: string | null } {
  if (error instanceof Unreachable) return { problem: error.reason, detail: null }
  if (error instanceof NotUsable) return { problem: error.reason, detail: error.message.slice(0, 300) }
  if (!(error instanceof Error)) return { problem: 'refused', detail: null }
  const { authenticationFailed, mailboxMissing, tlsFailed, code = '', responseText } = error as ImapFlowError
  const detail = (responseText ?? error.message).replace(/\p{Cc}+/gu, ' ').slice(0, 300)
  if (authenticationFailed) return { problem: 'wrong-password', detail }
  if (mailboxMissing) return { problem: 'no-such-folder', detail }
  if (tlsFailed || /^(?:ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|EPROTO|STARTTLS_)/.test(code))
    return { problem: 'not-secure', detail }
  return { problem: codes[code] ?? 'refused', detail }
}
