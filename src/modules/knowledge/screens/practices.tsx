import { Button, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loading, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { Refused } from '#ui/refused.tsx'
import { type Pages, usePages, useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import { practiceScores } from '../domain/training.ts'
import { useShown } from './shown-texts.ts'
import './knowledge.css'

type Practice = ResultOf<typeof knowledgeApi.practices>['items'][number]

/** What one has tried, with what somebody experienced said about it. */
export function OwnPractices() {
  const t = useWords('knowledge')
  const pages = usePages(knowledgeApi.practices, { limit: 5 })
  return (
    <Section title={t('practice.own')} actions={<Link to="/techniques">{t('practice.toTechniques')}</Link>}>
      <Listed pages={pages} none={t('practice.none')} />
    </Section>
  )
}

/** What others have tried and nobody has said anything about. */
export function WaitingPractices() {
  const t = useWords('knowledge')
  const [judging, setJudging] = useState<Practice | null>(null)
  const pages = usePages(knowledgeApi.waitingPractices, { limit: 10 })
  return (
    <Section title={t('practice.waiting')}>
      <Listed pages={pages} none={t('practice.noneWaiting')} judge={setJudging} />
      {judging && (
        <Dialog title={t('practice.judge')} onClose={() => setJudging(null)}>
          <Judge practice={judging} close={() => setJudging(null)} />
        </Dialog>
      )}
    </Section>
  )
}

function Listed({ pages, none, judge }: { pages: Pages<Practice>; none: string; judge?: (practice: Practice) => void }) {
  const t = useWords('knowledge')
  const ui = useWords('ui')
  if (pages.isPending) return <Loading lines={2} />
  return (
    <>
      <Refused problem={pages.problem} again={pages.again} />
      {pages.items.length === 0 && !pages.problem && <p className="muted">{none}</p>}
      <ul className="knowledge-news">
        {pages.items.map((practice) => (
          <li key={practice.id}>
            <Tried practice={practice} named={judge !== undefined} />
            {judge && (
              <div>
                <Button size="small" onClick={() => judge(practice)}>
                  {t('practice.judge')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {pages.hasMore && (
        <Button onClick={pages.more} loading={pages.isLoadingMore}>
          {ui('table.more')}
        </Button>
      )}
    </>
  )
}

function Tried({ practice, named }: { practice: Practice; named: boolean }) {
  const t = useWords('knowledge')
  const format = useFormat()
  const shown = useShown()
  const people = usePeople()
  const technique = useRead(knowledgeApi.techniques, { retired: true }).data?.items.find(({ id }) => id === practice.techniqueId)
  const titleOf = (key: string) => {
    const point = technique?.points.find((one) => one.key === key)
    return point ? shown(point.title) : key
  }
  return (
    <>
      <span className="row">
        <b>{technique ? shown(technique.name) : ''}</b>
        {practice.score !== null && <Tag className="knowledge-good">{t('practice.score', { score: practice.score })}</Tag>}
        <span className="muted">
          {[named ? people.nameOf(practice.userId) : null, format.instant(practice.practisedAt)].filter(Boolean).join(' · ')}
        </span>
      </span>
      <p className="knowledge-lines">{practice.situation}</p>
      <ol className="knowledge-steps">
        {practice.notes.map(({ key, text }) => (
          <li key={key}>
            <span className="muted">{titleOf(key)}</span>
            <div className="knowledge-lines">{text}</div>
          </li>
        ))}
      </ol>
      {practice.feedback && (
        <p className="knowledge-lines">{t('practice.said', { name: people.nameOf(practice.judgedBy), feedback: practice.feedback })}</p>
      )}
    </>
  )
}

function Judge({ practice, close }: { practice: Practice; close: () => void }) {
  const t = useWords('knowledge')
  const ui = useWords('ui')
  const notice = useNotice()
  const judge = useWrite(knowledgeApi.judgePractice, {
    onDone: () => {
      notice.done(ui('saved'))
      close()
    },
  })
  return (
    <>
      <Tried practice={practice} named />
      <Form<{ score: string; feedback: string }>
        fields={[
          {
            name: 'score',
            kind: 'choice',
            label: t('practice.scoreLabel'),
            required: true,
            options: practiceScores.map((score) => ({ value: String(score), label: t(`practice.level.${score}`) })),
          },
          { name: 'feedback', kind: 'area', rows: 3, label: t('practice.feedback'), maxLength: 2000 },
        ]}
        initial={{ feedback: practice.feedback ?? '' }}
        onSubmit={({ score, feedback }) =>
          judge.send({ practiceId: practice.id, basedOn: practice.judgedAt, score: Number(score), feedback: feedback ?? '' })
        }
        problem={judge.problem}
        pending={judge.pending}
        submit={ui('save')}
        cancel={close}
      />
    </>
  )
}
