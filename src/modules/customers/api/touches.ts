import { z } from 'zod'
import { customerIn, day, endpoint, instant, nothing, page, paging } from '#platform/contract.ts'
import { channels, longestSummary, stages } from '../domain/interaction.ts'
import { id, read, version, write } from './basics.ts'
import { Interaction } from './shapes.ts'

const content = {
  channel: z.enum(channels),
  direction: z.enum(['in', 'out']),
  stage: z.enum(stages),
  summary: z.string().trim().min(1).max(longestSummary),
  minutes: z.int().min(0).max(10_000).optional(),
  costMinor: z.int().min(0).max(1_000_000_000_000).nullable().optional(),
  opinion: z.string().trim().max(1000).nullable().optional(),
  nextStep: z.string().trim().max(500).nullable().optional(),
  nextStepOn: day.nullable().optional(),
  occurredAt: instant.optional(),
  /** What the customer wants, each in a few words; joins the needs register. */
  needs: z.array(z.string().trim().min(1).max(200)).max(10).optional(),
  /** Colleagues who should know. */
  mentions: z.array(z.string().max(60)).max(20).optional(),
  /** Files that were sent beforehand. */
  fileIds: z.array(id).max(10).optional(),
}

const TemplateContent = z.object({
  channel: z.enum(channels),
  direction: z.enum(['in', 'out']),
  stage: z.enum(stages),
  summary: z.string().trim().max(2000),
  minutes: z.int().min(0).max(10_000).nullable(),
})
const Template = z.object({ id, name: z.string(), shared: z.boolean(), content: TemplateContent, version })

export const touchEndpoints = {
  interactions: endpoint('GET /customers/:id/interactions', {
    about: customerIn('id'),
    notes: 'input.id',
    ...read,
    summary: 'The touches with one customer that stand, newest first',
    input: z.object({ id, ...paging }),
    result: page(Interaction),
  }),
  interactionCounts: endpoint('GET /customers/:id/interaction-counts', {
    about: customerIn('id'),
    ...read,
    summary: 'How often one customer was touched by each channel',
    input: z.object({ id }),
    result: z.object({ channels: z.array(z.object({ channel: z.enum(channels), touches: z.int(), minutes: z.int(), lastAt: instant })) }),
  }),
  interaction: endpoint('GET /customers/:id/interactions/:interactionId', {
    about: customerIn('id'),
    notes: 'input.id',
    ...read,
    summary: 'One touch, and what it said before it was corrected',
    input: z.object({ id, interactionId: id }),
    result: z.object({
      interaction: Interaction,
      before: z.array(
        z.object({
          version: z.int(),
          content: z.object({ summary: z.string(), opinion: z.string().nullable(), nextStep: z.string().nullable() }),
          changedAt: instant,
          changedBy: z.string(),
        }),
      ),
    }),
  }),
  logInteraction: endpoint('POST /customers/:id/interactions', {
    about: customerIn('id'),
    ...write,
    summary: 'Notes one touch with a customer, with what they need and think, what comes next, files and colleagues who should know',
    input: z.object({ id, ...content }),
    result: Interaction,
  }),
  changeInteraction: endpoint('PUT /customers/:id/interactions/:interactionId', {
    about: customerIn('id'),
    ...write,
    summary: 'Corrects one of one’s own touches; what it said before is kept',
    input: z.object({ id, interactionId: id, version, ...content }),
    result: Interaction,
  }),
  withdrawInteraction: endpoint('POST /customers/:id/interactions/:interactionId/withdrawal', {
    about: customerIn('id'),
    ...write,
    summary: 'Withdraws one of one’s own touches; it stays visible as withdrawn and counts no more',
    input: z.object({ id, interactionId: id, version }),
    result: Interaction,
  }),
  addAttachment: endpoint('POST /customers/:id/attachments', {
    about: customerIn('id'),
    ...write,
    summary: 'Takes in a file of at most 25 MB for a touch that is being noted; without one it is gone after a week',
    kind: 'upload',
    input: z.object({ id, fileName: z.string().min(1).max(200), fileId: z.uuid() }),
    result: z.object({ fileId: id, name: z.string(), bytes: z.int() }),
  }),
  attachment: endpoint('GET /customers/:id/attachments/:fileId', {
    about: customerIn('id'),
    notes: 'input.id',
    ...read,
    summary: 'A file that goes with a touch',
    kind: 'download',
    input: z.object({ id, fileId: id }),
    result: z.unknown(),
  }),
  removeAttachment: endpoint('DELETE /customers/:id/attachments/:fileId', {
    about: customerIn('id'),
    ...write,
    summary: 'Takes back a file of one of one’s own touches; it is deleted',
    input: z.object({ id, fileId: id }),
    result: nothing,
  }),
  mentions: endpoint('GET /customer-mentions', {
    about: 'reach',
    ...read,
    summary: 'Touches in which colleagues mentioned oneself, newest first',
    input: z.object(paging),
    result: page(
      z.object({
        interactionId: id,
        customerId: id,
        customerName: z.string(),
        at: instant,
        by: z.string(),
        summary: z.string(),
        nextStep: z.string().nullable(),
        nextStepOn: day.nullable(),
      }),
    ),
  }),
  touchTemplates: endpoint('GET /touch-templates', {
    about: 'nobody',
    ...read,
    summary: 'Beginnings of touches that come up often: one’s own and those that everybody shares',
    input: nothing,
    result: z.object({ items: z.array(Template) }),
  }),
  saveTouchTemplate: endpoint('POST /touch-templates', {
    about: 'nobody',
    ...write,
    summary:
      'Keeps the beginning of a touch under a name, for oneself or for everybody, in place of the one that has the name already, whose version is given (0 where there is none)',
    input: z.object({ name: z.string().trim().min(1).max(60), version: z.int().min(0), shared: z.boolean(), content: TemplateContent }),
    result: Template,
  }),
  removeTouchTemplate: endpoint('DELETE /touch-templates/:templateId', {
    about: 'nobody',
    ...write,
    summary: 'Removes one of one’s own templates, or one that everybody shares',
    input: z.object({ templateId: id, version }),
    result: nothing,
  }),
}
