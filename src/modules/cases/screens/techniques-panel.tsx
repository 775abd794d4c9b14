import { Tag } from 'antd'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { textIn } from '../domain/letters.ts'
import type { Detail } from './shown.ts'
import { situationOf } from './situation.ts'
import { TechniqueHelp } from './technique-help.tsx'
import './desk.css'

/** On a case's page: which techniques help, and which were used with what came of it. */
export function TechniquesPanel({ caseId }: { readonly caseId: string }) {
  const found = useRead(casesApi.one, { caseId })
  return <Loaded of={found}>{(one) => <Techniques found={one} />}</Loaded>
}

function Techniques({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const notice = useNotice()
  const { may } = useSession()
  const { language } = useLanguage()
  const used = useRead(casesApi.techniquesOfCase, { caseId: found.id })
  const use = useWrite(casesApi.useTechnique, {
    onDone: () => notice.done(t('technique.noted')),
    alsoChanges: ['commitments', 'knowledge'],
  })
  return (
    <>
      {may('knowledge.read') && found.state === 'open' && (
        <TechniqueHelp
          situation={situationOf(found)}
          language={found.record.language}
          may={found.may.includes('technique-used')}
          problem={use.problem}
          onUse={(technique, notes) => use.send({ caseId: found.id, version: found.version, techniqueId: technique.id, notes })}
        />
      )}
      {used.data?.items.length === 0 && found.state !== 'open' && <p className="muted">{t('technique.noneUsed')}</p>}
      {used.data && used.data.items.length > 0 && (
        <>
          <h3 className="case-used">{t('technique.used')}</h3>
          <ul className="case-techniques" aria-label={t('technique.used')}>
            {used.data.items.map((one) => (
              <li key={one.useId}>
                <div className="row">
                  <b>{textIn(one.name, language)}</b>
                  <Tag>{t(one.succeeded === null ? 'technique.open' : one.succeeded ? 'technique.helped' : 'technique.didNot')}</Tag>
                  <small className="muted">{`${people.nameOf(one.by) ?? ''} · ${format.instant(one.at)}`}</small>
                </div>
                <dl className="facts">
                  {one.notes.map(({ title, text }) => (
                    <div key={textIn(title, language)}>
                      <dt>{textIn(title, language)}</dt>
                      <dd className="case-text">{text}</dd>
                    </div>
                  ))}
                </dl>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
