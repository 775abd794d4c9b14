import { once } from 'node:events'
import { createWriteStream, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Command, CommandShell } from '#platform/command.ts'
import { withTransaction } from '#platform/database/connection.ts'
import { refuse } from '#platform/refusal.ts'
import { personArchive } from '#platform/subject/archive.ts'
import { replayErasures } from '#platform/subject/erasure.ts'
import { type ErasureEntry, erasureEntry } from '#platform/subject/erasure-log.ts'
import { privacyActions } from './actions/privacy.ts'
import { formerIdsOf, successorsOf } from './store/aliases.ts'
import { type ErasureState, listErasures } from './store/erasures.ts'
import { customerNames } from './store/lookups.ts'

const exportPerson: Command = {
  name: 'privacy export',
  usage: 'privacy export CUSTOMER FILE.zip [--json]',
  summary: 'Writes everything that is kept about one person, by the id of the customer, into a zip archive.',
  async run(shell, args) {
    const [customer, file] = args
    if (args.length !== 2 || customer === undefined || file === undefined)
      throw bad('Name a customer and a file: privacy export CUSTOMER FILE.zip')
    const { id, name } = await personOf(shell, customer)
    const house = await shell.transaction(async (context) => context.house)
    const bytes = await withTransaction(
      shell.database,
      async (db) => {
        const ids = [id, ...(await formerIdsOf(db, id))]
        const out = createWriteStream(file, { mode: 0o600 })
        const { locale: language } = await readSetting(db, organizationProfile)
        for await (const piece of personArchive(db, house, { ids, name, at: shell.now(), language }))
          if (!out.write(piece)) await once(out, 'drain')
        out.end()
        await once(out, 'close')
        return out.bytesWritten
      },
      { isolation: 'repeatable read', readOnly: true },
    )
    shell.result({ customerId: id, file, bytes })
    shell.say(`What is kept about ${name} is in ${file}.`)
  },
}

const erasePerson: Command = {
  name: 'privacy erase',
  usage: 'privacy erase CUSTOMER [--reason TEXT] [--json]  |  privacy erase --replay LOG.jsonl',
  summary:
    'Asks that a person be erased, or confirms and carries out what somebody asked for in the product: it takes two. With --replay erases everybody again whom a log of erasures names, after a restore.',
  async run(shell, args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { reason: { type: 'string' }, replay: { type: 'string' } },
      allowPositionals: true,
    })
    if (values.replay !== undefined) return replay(shell, values.replay)
    if (positionals.length !== 1) throw bad('Name one customer: privacy erase CUSTOMER')
    const { id, name } = await personOf(shell, positionals[0]!)
    const newest = async (state: ErasureState) =>
      (await listErasures(shell.database.db, { state, customerId: id, reach: 'all', after: null, limit: 1 }))[0]
    const open = await newest('requested')
    if (!open) {
      if (await newest('waiting'))
        throw bad(`The erasure of ${name} is confirmed and waits until the law does not want anything kept any more`)
      if (values.reason === undefined) throw bad('Nobody has asked for this erasure yet. To ask for it, say why: --reason TEXT')
      const { reason } = values
      const asked = await shell.transaction((context) => privacyActions.requestErasure(context, { id, reason }))
      shell.result({ erasureId: asked.id, customerId: id, state: 'requested' })
      return shell.say(`The erasure of ${name} is asked for. Somebody in the product has to confirm it.`)
    }
    const { runId, keptByLaw, dueOn } = await shell.transaction((context) =>
      privacyActions.confirmErasure(context, { erasureId: open.id, version: open.version }),
    )
    if (runId === null) {
      shell.result({ erasureId: open.id, customerId: id, state: 'waiting', keptByLaw, dueOn })
      const rules = keptByLaw?.rules.map(({ title }) => title).join(', ')
      const when = dueOn === null ? 'as soon as it does not any more' : `on ${dueOn}`
      return shell.say(`Confirmed. The law wants something kept about ${name} (${rules}); they are erased ${when}.`)
    }
    const run = await shell.follow(runId)
    if ((run.result as { waits?: boolean }).waits) {
      shell.result({ erasureId: open.id, customerId: id, state: 'waiting' })
      return shell.say(`The law has come to want something kept about ${name} meanwhile; the request waits until it does not.`)
    }
    shell.result({ erasureId: open.id, customerId: id, state: 'done', ...(run.result as object) })
    shell.say('The person is erased. Orders and amounts stay without them.')
  },
}

async function replay(shell: CommandShell, file: string): Promise<void> {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
  const log: ErasureEntry[] = lines.map((line) => erasureEntry.parse(JSON.parse(line)))
  const erased = await shell.transaction((context) => replayErasures(context, log))
  shell.result({ entries: log.length, erased })
  shell.say(`${erased} of ${log.length} who had been erased were there again and are erased once more.`)
}

/** The customer of an id, also of one who was merged into another. */
async function personOf({ database: { db } }: CommandShell, text: string): Promise<{ id: string; name: string }> {
  const id = z.uuid().safeParse(text).data
  if (id === undefined) throw bad(`'${text}' is not the id of a customer; it stands in the address of the customer's page`)
  const led = (await successorsOf(db, [id])).get(id) ?? id
  const name = (await customerNames(db, [led])).get(led)
  if (name === undefined) throw refuse('missing', 'no-such-customer', 'There is no such customer')
  return { id: led, name }
}

const bad = (detail: string) => refuse('invalid', 'bad-arguments', detail)

export const customerCommands: readonly Command[] = [exportPerson, erasePerson]
