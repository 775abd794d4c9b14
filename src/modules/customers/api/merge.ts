import { z } from 'zod'
import { customerIn, endpoint, instant } from '#platform/contract.ts'
import { archiveFields } from '../domain/archive.ts'
import { mergeChoices } from '../domain/merge.ts'
import { id, version } from './basics.ts'
import { OwnValue } from './own-fields.ts'

const merge = { permission: 'customers.merge' }
const both = [...customerIn('id'), ...customerIn('otherId')]

const value = z.union([z.string(), z.array(z.string())]).nullable()
/** Rows of a table by its name, such as 'orders.purchase'. */
const rows = z.record(z.string(), z.int())

export const mergeApi = {
  mergePreview: endpoint('GET /customers/:id/merge-preview', {
    notes: 'input.id',
    about: both,
    ...merge,
    summary: 'What has to be decided before another customer is merged into this one, and what would come over',
    input: z.object({ id, otherId: id }),
    result: z.object({
      survivor: z.object({ id, name: z.string(), version, createdAt: instant }),
      other: z.object({ id, name: z.string(), version, createdAt: instant }),
      questions: z.array(
        z.object({
          field: z.enum(archiveFields),
          survivor: value,
          other: value,
          choices: z.array(z.enum(mergeChoices)),
          usual: z.enum(mergeChoices),
        }),
      ),
      /** The same for fields that the company defined. */
      own: z.array(
        z.object({
          fieldId: id,
          survivor: OwnValue,
          other: OwnValue,
          choices: z.array(z.enum(mergeChoices)),
          usual: z.enum(mergeChoices),
        }),
      ),
      /** Fields that only the other knows; they are filled in. */
      filled: z.array(z.object({ field: z.enum(archiveFields), value })),
      moving: rows,
    }),
  }),
  merge: endpoint('POST /customers/:id/merges', {
    about: both,
    ...merge,
    summary: 'Merges another customer into this one: everything of the other comes over, the other’s id and keys lead here from then on',
    input: z.object({
      id,
      version,
      otherId: id,
      otherVersion: version,
      choices: z.partialRecord(z.enum(archiveFields), z.enum(mergeChoices)).optional(),
      /** The same for own fields, by their ids. An address or number that is not chosen is kept as a further way to reach the survivor. */
      ownChoices: z.record(id, z.enum(mergeChoices)).optional(),
    }),
    result: z.object({ mergeId: id, customerId: id, moved: rows }),
  }),
  merges: endpoint('GET /customers/:id/merges', {
    about: customerIn('id'),
    permission: 'customers.read',
    summary: 'Which customers were merged into this one, newest first',
    input: z.object({ id }),
    result: z.object({
      items: z.array(
        z.object({
          id,
          mergedId: id,
          mergedName: z.string(),
          madeAt: instant,
          madeBy: z.string(),
          moved: rows,
          /** What has changed since; without fields and without rows that came free or went, the merge can be undone without a question. */
          since: z.object({
            /** Of the archive, or `own:<id>`. */
            fields: z.array(z.string()),
            /** Of a table: rows that came and lean on nothing (they stay, unless they are given), that lean on what goes back (they go along), and that came over and are no more. */
            rows: z.array(z.object({ table: z.string(), free: z.int(), along: z.int(), gone: z.int() })),
          }),
          /** Whether it is the newest: merges are undone one after the other. */
          newest: z.boolean(),
        }),
      ),
    }),
  }),
  unmerge: endpoint('POST /customers/:id/merges/:mergeId/undoing', {
    about: customerIn('id'),
    ...merge,
    summary:
      'Gives both customers back as they were. What came since goes with what it leans on; where it leans on nothing the undoing is refused, unless it is said that it stays with the survivor (`keepNewer`) but for the tables that go to the other (`give`)',
    input: z.object({ id, mergeId: id, keepNewer: z.boolean().optional(), give: z.array(z.string().max(80)).max(50).optional() }),
    result: z.object({ customerId: id, otherId: id }),
  }),
}
