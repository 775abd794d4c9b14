import { Loaded, Page, Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import { Courses } from './courses.tsx'
import { OwnPractices, WaitingPractices } from './practices.tsx'
import { Recognitions } from './recognitions.tsx'
import { TrainingShown } from './training-of.tsx'

/** What one learns and practises, and for whoever looks after it what others do (P-06). */
export function TrainingPage() {
  const t = useWords('knowledge')
  const { may } = useSession()
  const own = useRead(knowledgeApi.ownTraining, {})
  return (
    <Page title={t('nav.training')} about={t('training.about')} width="reading">
      <Section title={t('training.own')}>
        <Loaded of={own} lines={3}>
          {(found) => <TrainingShown training={found} />}
        </Loaded>
      </Section>
      <Courses />
      <OwnPractices />
      {may('knowledge.train') && <WaitingPractices />}
      <Recognitions />
    </Page>
  )
}
