import { z } from 'zod'
import { endpoint, flag, instant, page, paging } from '#platform/contract.ts'
import { placeholderNames, templateKinds } from '../domain/template.ts'
import { id, Letters, language, Template, templateFields, version } from './shapes.ts'

const read = { permission: 'knowledge.read', about: 'nobody' } as const
const write = { permission: 'knowledge.write', about: 'nobody' } as const
const value = z.union([z.string().max(5000), z.number(), z.object({ minor: z.int(), currency: z.string().regex(/^[A-Z]{3}$/) })])

/** Replies to customers. */
export const templateEndpoints = {
  templates: endpoint('GET /knowledge/templates', {
    ...read,
    summary: 'Every reply template, of one kind where wanted; where wanted also those that are not used any more',
    input: z.object({ kind: z.enum(templateKinds).optional(), retired: flag.optional() }),
    result: z.object({ items: z.array(Template) }),
  }),
  templateVersions: endpoint('GET /knowledge/templates/:templateId/versions', {
    ...read,
    summary: 'What a template said over time, the newest first',
    input: z.object({ templateId: id, ...paging }),
    result: page(z.object({ version, texts: Letters, madeAt: instant, madeBy: z.string() })),
  }),
  addTemplate: endpoint('POST /knowledge/templates', {
    ...write,
    summary: 'Adds a reply template',
    input: z.object(templateFields),
    result: Template,
  }),
  changeTemplate: endpoint('PUT /knowledge/templates/:templateId', {
    ...write,
    summary: 'Writes a template anew as its next version; refused when somebody else has changed it since the given one',
    input: z.object({ templateId: id, version, ...templateFields }),
    result: Template,
  }),
  renderTemplate: endpoint('POST /knowledge/templates/:templateId/renderings', {
    ...read,
    summary: 'Fills a template in; nothing of it is kept. Days as YYYY-MM-DD, money in minor units with its currency',
    input: z.object({ templateId: id, language, values: z.partialRecord(z.enum(placeholderNames), value.nullable()) }),
    result: z.object({
      language,
      subject: z.string(),
      body: z.string(),
      html: z.string(),
      missing: z.array(z.enum(placeholderNames)),
    }),
  }),
}
