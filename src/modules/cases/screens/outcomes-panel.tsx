import { Button } from 'antd'
import { Link } from 'react-router'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import type { Detail } from './shown.ts'

/** What a case brings besides its answer: a suggestion of the idea in it, a need that is known; each made by one click, and linked (G-16, M-13). */
export function OutcomesPanel({ caseId }: { readonly caseId: string }) {
  const found = useRead(casesApi.one, { caseId })
  return <Loaded of={found}>{(one) => <Outcomes found={one} />}</Loaded>
}

function Outcomes({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const notice = useNotice()
  const suggest = useWrite(casesApi.suggestFromCase, { onDone: ({ number }) => notice.done(t('brings.suggested', { number })) })
  const need = useWrite(casesApi.noteNeedOfCase, { onDone: ({ text }) => notice.done(t('brings.noted', { text })) })
  const on = { caseId: found.id, version: found.version }
  const { ideas, ideaOf, needsNoted, may } = found
  const isIdea = found.lesson?.outcomes.includes('idea') ?? false
  return (
    <>
      <p className="muted">{t(isIdea && ideas.length === 0 ? 'brings.isIdea' : 'brings.about')}</p>
      {(ideaOf || ideas.length > 0 || needsNoted.length > 0) && (
        <dl className="facts">
          {ideaOf && <Linked name={t('brings.ideaOf')} to={`/cases/${ideaOf.caseId}`} text={ideaOf.number} />}
          {ideas.map(({ caseId, number }) => (
            <Linked key={caseId} name={t('brings.idea')} to={`/cases/${caseId}`} text={number} />
          ))}
          {needsNoted.map(({ seq, text }) => (
            <Linked key={seq} name={t('brings.need')} to={`/customer-needs?q=${encodeURIComponent(text)}`} text={text} />
          ))}
        </dl>
      )}
      <span className="row">
        {may.includes('idea-taken') && (
          <Button
            {...(isIdea ? { type: 'primary' as const } : {})}
            loading={suggest.pending}
            onClick={() => void suggest.send(on).catch(notice.refused)}
          >
            {t('brings.suggest')}
          </Button>
        )}
        {may.includes('need-noted') && needsNoted.length === 0 && (
          <Button loading={need.pending} onClick={() => void need.send(on).catch(notice.refused)}>
            {t('brings.noteNeed')}
          </Button>
        )}
      </span>
    </>
  )
}

const Linked = ({ name, to, text }: { readonly name: string; readonly to: string; readonly text: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <Link to={to}>{text}</Link>
    </dd>
  </div>
)
