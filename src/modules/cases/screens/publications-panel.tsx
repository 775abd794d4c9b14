import { Button } from 'antd'
import { useState } from 'react'
import { Loaded } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { PublicationCard } from './publication-card.tsx'
import { NewPublication } from './publication-dialog.tsx'

/** What was or is to be said in public because of a case. */
export function PublicationsPanel({ caseId }: { readonly caseId: string }) {
  const t = useWords('cases')
  const { may } = useSession()
  const [isAnswering, setAnswering] = useState(false)
  const found = useRead(casesApi.publicationsOfCase, { caseId })
  return (
    <Loaded of={found} lines={2}>
      {({ publications }) => (
        <>
          {publications.length === 0 && <p className="muted">{t('publication.ofCase')}</p>}
          {publications.map((one) => (
            <PublicationCard key={one.id} of={one} />
          ))}
          {may('cases.write') && <Button onClick={() => setAnswering(true)}>{t('voice.answer')}</Button>}
          {isAnswering && <NewPublication caseIds={[caseId]} close={() => setAnswering(false)} done={() => setAnswering(false)} />}
        </>
      )}
    </Loaded>
  )
}
