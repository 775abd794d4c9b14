import { z } from 'zod'
import { day, endpoint, flag, instant, list, money, page, paging } from '#platform/contract.ts'
import { states } from '../domain/case.ts'
import { kinds } from '../domain/taxonomy.ts'
import { ListedCase } from './shapes.ts'

const wish = {
  /** Words that all have to occur; Chinese characters typed together, and what stands in quotation marks, one behind the other. */
  q: z.string().trim().min(1).max(200).optional(),
  kind: list(z.enum(kinds)).optional(),
  /** Between which days they ended, both included. */
  from: day.optional(),
  to: day.optional(),
}

export const archiveEndpoints = {
  archive: endpoint('GET /case-archive', {
    permission: 'cases.read',
    about: 'reach',
    notes: 'list',
    summary:
      'Cases that have ended, by what was said in them, the last one first: what it was, how it was handled, how it came out, and what the customer said',
    timeLimit: 2000,
    input: z.object({ ...wish, ...paging }),
    result: page(
      ListedCase.extend({
        endedAt: instant,
        /** Where what was looked for stands. */
        excerpt: z.string().nullable(),
        remedyMinor: money,
        satisfied: z.boolean().nullable(),
        transfers: z.int(),
        minutes: z.int(),
      }),
    ),
  }),
  exportCases: endpoint('GET /cases-file', {
    permission: 'cases.export',
    about: 'reach',
    notes: 'file',
    summary: 'Cases received in a period as a CSV or Excel file, the newest first; words of people only for whoever may see contact data',
    kind: 'download',
    input: z.object({
      from: day.optional(),
      to: day.optional(),
      kind: list(z.enum(kinds)).optional(),
      state: list(z.enum(states)).optional(),
      /** With what was written: subject, description, cause, lesson, feedback. */
      words: flag.optional(),
      format: z.enum(['csv', 'xlsx']),
      language: z.enum(['en', 'zh-CN', 'zh-TW']).optional(),
    }),
    result: z.unknown(),
  }),
}
