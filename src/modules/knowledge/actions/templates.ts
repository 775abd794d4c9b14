import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { templateEndpoints } from '../api/templates.ts'
import { type Letters, renderTemplate, templateProblems } from '../domain/template.ts'
import { languages } from '../domain/texts.ts'
import { templateChanged } from '../facts.ts'
import { allTemplates, insertTemplate, type StoredTemplate, templateById, templateVersions, updateTemplate } from '../store/templates.ts'
import { missing, pageOf, stampOf } from './common.ts'

/** More than anybody could choose from. */
const mostTemplates = 500

export const templateActions: Actions<typeof templateEndpoints> = {
  async templates({ db }, { kind, retired = false }) {
    const all = await allTemplates(db)
    return { items: all.filter((one) => (one.active || retired) && (kind === undefined || one.kind === kind)) }
  },

  async templateVersions(context, { templateId, cursor, limit = defaultPageSize }) {
    await templateCalled(context, templateId)
    const below = cursor === undefined ? null : Number(placeOf(cursor, ['whole'])[0])
    return pageOf(await templateVersions(context.db, templateId, below, limit + 1), limit, ({ version }) => [version])
  },

  async addTemplate(context, input) {
    refuseLetters(input.texts)
    const id = context.newId()
    if ((await allTemplates(context.db)).length >= mostTemplates)
      throw refuse('conflict', 'too-many-templates', `There are ${mostTemplates} templates already; change one that is not used any more`)
    await insertTemplate(context.db, { ...input, id, key: null }, stampOf(context))
    await context.publish(templateChanged, { templateId: id, kind: input.kind, version: 1, change: 'made' })
    return templateCalled(context, id)
  },

  async changeTemplate(context, { templateId, version, ...input }) {
    await templateCalled(context, templateId)
    refuseLetters(input.texts)
    if (!(await updateTemplate(context.db, { ...input, id: templateId }, version, stampOf(context))))
      throw changedMeanwhile('this template')
    await context.publish(templateChanged, { templateId, kind: input.kind, version: version + 1, change: 'changed' })
    return templateCalled(context, templateId)
  },

  async renderTemplate(context, { templateId, language, values }) {
    const { missing: lacking, ...rendered } = renderTemplate((await templateCalled(context, templateId)).texts, values, language)
    return { ...rendered, missing: [...lacking] }
  },
}

async function templateCalled({ db }: Context, id: string): Promise<StoredTemplate> {
  const found = await templateById(db, id)
  if (!found) throw missing('template')
  return found
}

/** A template says something in at least one language, whole in each, and names only what is on the list. */
function refuseLetters(letters: Letters): void {
  const written = languages.filter((language) => letters[language].body !== '')
  const wrong = [
    ...(written.length === 0 ? [{ field: 'texts', reason: 'required', detail: 'It must be written in at least one language' }] : []),
    ...languages.flatMap((language) => {
      const { subject, body } = letters[language]
      const half = (subject === '') !== (body === '')
      return [
        ...(half ? [{ field: `texts.${language}`, reason: 'half-a-letter', detail: 'A letter has a subject and a text' }] : []),
        ...templateProblems(`${subject}\n${body}`).map(({ reason, tag }) => ({
          field: `texts.${language}`,
          reason,
          detail: `${reason}: ${tag}`,
        })),
      ]
    }),
  ]
  if (wrong.length > 0)
    throw refuse(
      'invalid',
      wrong[0]!.reason,
      `The template cannot be used: ${wrong.map(({ field, detail }) => `${field}: ${detail}`).join('; ')}`,
      {
        fields: wrong,
      },
    )
}
