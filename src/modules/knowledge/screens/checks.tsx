import { Button, Input, Segmented } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { usePages, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import { bestScore, type ItemScore } from '../domain/article.ts'
import { useShown } from './shown-texts.ts'
import './knowledge.css'

type Article = ResultOf<typeof knowledgeApi.article>
type Check = ResultOf<typeof knowledgeApi.inspections>['items'][number]

/** How a checklist came out over time, and the way to go through it. */
export function Checks({ article }: { article: Article }) {
  const t = useWords('knowledge')
  const format = useFormat()
  const shown = useShown()
  const people = usePeople()
  const { may } = useSession()
  const [going, setGoing] = useState(false)
  const pages = usePages(knowledgeApi.inspections, { articleId: article.id })
  const titleOf = (key: string) => {
    const item = article.content.items.find((one) => one.key === key)
    return item ? shown(item.title) : key
  }
  const weakest = ({ scores }: Check) =>
    scores
      .filter(({ score, note }) => score !== null && (score <= bestScore / 2 || note))
      .map(({ key, score, note }) => `${titleOf(key)} ${score}${note ? ` (${note})` : ''}`)
      .join(t('ui:comma'))
  const go = may('knowledge.inspect') && article.publishedRevision === article.shownRevision && (
    <Button type="primary" onClick={() => setGoing(true)}>
      {t('check.go')}
    </Button>
  )
  return (
    <Section title={t('check.title')} actions={go}>
      <DataTable<Check>
        name="knowledge-checks"
        label={t('check.title')}
        pages={pages}
        rowKey={({ id }) => id}
        columns={[
          { key: 'at', title: t('check.at'), cell: ({ doneAt }) => format.instant(doneAt) },
          { key: 'place', title: t('check.place'), cell: ({ place }) => place },
          { key: 'result', title: t('check.result'), align: 'end', cell: ({ result }) => format.percent(result) },
          { key: 'weak', title: t('check.weak'), cell: weakest },
          { key: 'note', title: t('check.note'), optional: true, cell: ({ note }) => note },
          { key: 'by', title: t('check.by'), cell: ({ doneBy }) => people.nameOf(doneBy) },
        ]}
        empty={<p className="muted">{t('check.none')}</p>}
      />
      {going && (
        <Dialog title={t('check.go')} onClose={() => setGoing(false)} wide>
          <GoThrough article={article} close={() => setGoing(false)} />
        </Dialog>
      )}
    </Section>
  )
}

interface Values {
  readonly place: string
  readonly scores: readonly ItemScore[]
  readonly note: string
}

function GoThrough({ article, close }: { article: Article; close: () => void }) {
  const t = useWords('knowledge')
  const ui = useWords('ui')
  const notice = useNotice()
  const inspect = useWrite(knowledgeApi.inspect, {
    onDone: () => {
      notice.done(ui('saved'))
      close()
    },
  })
  return (
    <Form<Values>
      fields={[
        { name: 'place', kind: 'text', label: t('check.place'), maxLength: 200 },
        {
          name: 'scores',
          kind: 'own',
          required: true,
          label: t('check.points'),
          help: t('check.pointsHelp'),
          control: <Scores article={article} />,
        },
        { name: 'note', kind: 'area', rows: 2, label: t('check.note'), maxLength: 2000 },
      ]}
      initial={{ scores: article.content.items.map(({ key }) => ({ key, score: null, note: null })) }}
      onSubmit={({ place, scores, note }) =>
        inspect.send({
          articleId: article.id,
          revision: article.shownRevision,
          place: place || null,
          scores: [...scores],
          note: note || null,
        })
      }
      problem={inspect.problem}
      pending={inspect.pending}
      submit={ui('save')}
      cancel={close}
    />
  )
}

const notApplicable = -1

function Scores({
  article,
  value = [],
  onChange,
}: {
  article: Article
  value?: readonly ItemScore[]
  onChange?: (scores: readonly ItemScore[]) => void
}) {
  const t = useWords('knowledge')
  const shown = useShown()
  const put = (changed: ItemScore) => onChange?.(value.map((one) => (one.key === changed.key ? changed : one)))
  return (
    <div className="knowledge-scores">
      {article.content.items.map((item) => {
        const score = value.find(({ key }) => key === item.key) ?? { key: item.key, score: null, note: null }
        return (
          <div key={item.key} className="knowledge-score">
            <span>{shown(item.title)}</span>
            <Segmented<number>
              aria-label={shown(item.title)}
              value={score.score ?? notApplicable}
              onChange={(chosen) => put({ ...score, score: chosen === notApplicable ? null : chosen })}
              options={[
                { value: notApplicable, label: t('check.notApplicable') },
                ...Array.from({ length: bestScore + 1 }, (_, points) => ({ value: points, label: String(points) })),
              ]}
            />
            {score.score !== null && score.score < bestScore && (
              <Input
                size="small"
                maxLength={500}
                value={score.note ?? ''}
                placeholder={t('check.what')}
                aria-label={t('check.whatOf', { point: shown(item.title) })}
                onChange={(event) => put({ ...score, note: event.target.value || null })}
              />
            )}
          </div>
        )
      })}
    </div>
  )
}
