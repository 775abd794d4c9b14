import { Select } from 'antd'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { api as organization } from '#modules/organization/api.ts'
import type { Problem, ResultOf } from '#ui/client.ts'
import { type Field, Form } from '#ui/form.tsx'
import { useNamed } from '#ui/named.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page } from '#ui/page.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import { type ArticleKind, articleKinds, hasItems, type Item } from '../domain/article.ts'
import { knownCodes } from '../domain/codes.ts'
import { emptyTexts, type Texts } from '../domain/texts.ts'
import { InLanguages, TextsInput } from './in-language.tsx'
import { freshTitled, RowsInput, TitledInputs } from './rows-input.tsx'

type Article = ResultOf<typeof knowledgeApi.article>
interface Values {
  readonly kind: ArticleKind
  readonly title: Texts
  readonly body: Texts
  readonly items: readonly Item[]
  readonly category: string | null
  readonly tags: readonly string[]
  readonly ownerRole: string | null
  readonly needsAcknowledgement: boolean
  readonly note: string
}

export function NewArticlePage() {
  const t = useWords('knowledge')
  const navigate = useNavigate()
  const add = useWrite(knowledgeApi.addArticle, { onDone: ({ id }) => navigate(`/knowledge/${id}`) })
  const fresh = { kind: 'article' as const, title: emptyTexts, body: emptyTexts, items: [], tags: [], needsAcknowledgement: false }
  return (
    <Page title={t('article.new')} width="reading" about={t('article.newAbout')}>
      <ArticleForm
        initial={fresh}
        problem={add.problem}
        pending={add.pending}
        send={(values) => add.send(asInput(values))}
        cancel={() => navigate('/knowledge')}
      />
    </Page>
  )
}

export function ChangeArticlePage() {
  const t = useWords('knowledge')
  const { id = '' } = useParams()
  const article = useRead(knowledgeApi.article, { articleId: id })
  return (
    <Page title={t('article.change')} width="reading" about={t('article.changeAbout')}>
      <Loaded of={article}>{(found) => <Change article={found} />}</Loaded>
    </Page>
  )
}

function Change({ article }: { article: Article }) {
  const ui = useWords('ui')
  const navigate = useNavigate()
  const notice = useNotice()
  const back = () => navigate(`/knowledge/${article.id}`)
  const save = useWrite(knowledgeApi.saveArticle, {
    onDone: () => {
      notice.done(ui('saved'))
      back()
    },
  })
  const { kind, category, tags, ownerRole, needsAcknowledgement, content } = article
  return (
    <ArticleForm
      initial={{ kind, category, tags, ownerRole, needsAcknowledgement, ...content, note: '' }}
      problem={save.problem}
      pending={save.pending}
      send={(values) => save.send({ articleId: article.id, version: article.version, ...asInput(values) })}
      cancel={back}
    />
  )
}

const asInput = ({ title, body, items, note, tags, category, ownerRole, ...fields }: Values) => ({
  ...fields,
  needsAcknowledgement: fields.needsAcknowledgement ?? false,
  category: category || null,
  ownerRole: ownerRole || null,
  tags: [...(tags ?? [])],
  // Points of a kind that has none would be kept where nobody sees them.
  content: { title, body: body ?? emptyTexts, items: hasItems(fields.kind) ? [...(items ?? [])] : [] },
  ...(note ? { note } : {}),
})

interface ArticleFormProps {
  readonly initial: Partial<Values>
  readonly problem: Problem | null
  readonly pending: boolean
  readonly send: (values: Values) => Promise<unknown>
  readonly cancel: () => void
}

function ArticleForm({ initial, problem, pending, send, cancel }: ArticleFormProps) {
  const t = useWords('knowledge')
  const [kind, setKind] = useState<ArticleKind>(initial.kind ?? 'article')
  const roles = useRoleChoices()
  const fields: readonly Field<Values>[] = [
    { name: 'title', kind: 'own', label: t('article.title'), required: true, control: <TextsInput maxLength={200} /> },
    {
      name: 'kind',
      kind: 'choice',
      label: t('article.kind'),
      help: t(`articleKindHelp.${kind}`),
      required: true,
      options: articleKinds.map((value) => ({ value, label: t(`articleKind.${value}`) })),
    },
    {
      name: 'body',
      kind: 'own',
      label: t('article.body'),
      help: t('article.bodyHelp'),
      control: <TextsInput rows={12} maxLength={50_000} />,
    },
    ...(hasItems(kind)
      ? [
          {
            name: 'items',
            kind: 'own',
            label: t('article.items'),
            control: (
              <RowsInput<Item> most={100} nameOf={(number) => t('article.item', { number })} add={t('article.addItem')} fresh={freshTitled}>
                {(row, change, name) => <TitledInputs row={row} change={change} name={name} />}
              </RowsInput>
            ),
          } as const,
        ]
      : []),
    ...(kind === 'prevention'
      ? [
          {
            name: 'category',
            kind: 'choice',
            label: t('dimension.category'),
            options: (knownCodes.category ?? []).map((value) => ({ value, label: t(`code.category.${value}`) })),
          } as const,
        ]
      : []),
    {
      name: 'tags',
      kind: 'own',
      label: t('article.tags'),
      help: t('article.tagsHelp'),
      control: <Select mode="tags" open={false} suffixIcon={null} />,
    },
    { name: 'ownerRole', kind: 'choice', label: t('article.owner'), help: t('article.ownerHelp'), options: roles },
    { name: 'needsAcknowledgement', kind: 'yes', label: t('article.needs'), help: t('article.needsHelp') },
    { name: 'note', kind: 'text', label: t('article.note'), help: t('article.noteHelp'), maxLength: 2000 },
  ]
  return (
    <InLanguages>
      <Form<Values>
        fields={fields}
        initial={initial}
        onChange={(values) => setKind(values.kind)}
        onSubmit={send}
        problem={problem}
        pending={pending}
        submit={t('article.saveDraft')}
        cancel={cancel}
      />
    </InLanguages>
  )
}

/** Roles by their names, those of the company in its own. */
function useRoleChoices() {
  const t = useWords('organization')
  const named = useNamed()
  const { data } = useRead(organization.roleNames, {})
  return (data?.roles ?? []).map(({ name, names }) => ({ value: name, label: names === null ? t(`role.${name}`) : named(names) }))
}
