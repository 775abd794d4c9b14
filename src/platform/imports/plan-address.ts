import type { Context } from '../context.ts'
import { getOut, Unreachable } from '../egress.ts'
import { plainFileName } from '../files.ts'
import { SourceProblem } from './plan-folder.ts'
import type { Plan } from './plan-store.ts'

export interface FetchedFile {
  readonly fileName: string
  /** As far as it is known beforehand. */
  readonly bytes: number | null
  readonly content: AsyncIterable<Uint8Array>
}

const milliseconds = 120_000
const largestAnswer = 256 << 20

/** The file that lies at the address of a plan; only the answer 200 is one, and it is never more than 256 MB. */
export async function fetchAddress({ house }: Context, plan: Plan): Promise<FetchedFile> {
  const { source } = plan
  if (source.kind !== 'address') throw new Error('This plan has no address')
  const secret = plan.secret && (await house.sealing?.open(plan.secret, secretPurpose(plan.id)))
  const answer = await getOut({
    url: source.url,
    headers: { accept: '*/*', 'user-agent': 'Patron', ...authorization(source, secret ?? null) },
    ownNetwork: source.ownNetwork,
    milliseconds,
  }).catch(sourceProblem)
  if (answer.status !== 200) {
    answer.giveUp()
    throw new SourceProblem(answer.status >= 300 && answer.status < 400 ? 'redirect' : 'answer-refused')
  }
  return { fileName: nameOf(source.url), bytes: null, content: bounded(answer.body) }
}

export const secretPurpose = (planId: string): string => `import-plan ${planId}`

function authorization({ sign, user }: { sign: string; user: string }, secret: string | null): Record<string, string> {
  if (sign === 'none' || secret === null) return {}
  return { authorization: sign === 'bearer' ? `Bearer ${secret}` : `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}` }
}

async function* bounded(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0
  try {
    for await (const part of parts) {
      bytes += part.length
      if (bytes > largestAnswer) throw new SourceProblem('answer-too-large')
      yield part
    }
  } catch (error) {
    sourceProblem(error)
  }
}

function sourceProblem(error: unknown): never {
  throw error instanceof Unreachable ? new SourceProblem(error.reason) : error
}

/** What the file is called in lists; nothing is ever opened by it. */
function nameOf(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? ''
  try {
    return plainFileName(decodeURIComponent(last))
  } catch {
    return plainFileName(last)
  }
}
