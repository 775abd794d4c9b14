import { Button } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { Page } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { ChooseFile } from './choose-file.tsx'
import { MappingStep } from './mapping-step.tsx'
import { RunStep } from './run-step.tsx'
import { Steps } from './steps.tsx'
import './imports.css'

/**
 * The wizard. Where it stands is in the address, so that leaving and coming back, reloading and sharing work: `?kind` → `?kind&file` → `?run` of the dry run → `?run` of the
 * import; `?kind&file&like=<run>` corrects the columns of an earlier attempt, `&source=` names where corrected rows came from.
 */
export function ImportPage() {
  const t = useWords('imports')
  const { may } = useSession()
  const [params] = useSearchParams()
  const run = params.get('run')
  const kind = params.get('kind')
  const file = params.get('file')
  return (
    <Page
      title={t('title')}
      about={t('about')}
      actions={
        <>
          {may('imports.plan') && (
            <Link to="/import-plans">
              <Button>{t('plan.title')}</Button>
            </Link>
          )}
          <Link to="/import/history">
            <Button>{t('history.title')}</Button>
          </Link>
        </>
      }
    >
      {run ? (
        <RunStep key={run} id={run} />
      ) : !may('imports.write') ? (
        <p>{t('readOnly')}</p>
      ) : kind && file ? (
        <>
          <Steps at="columns" />
          <MappingStep key={`${kind} ${file}`} importer={kind} fileId={file} like={params.get('like')} from={params.get('source')} />
        </>
      ) : (
        <>
          <Steps at="file" />
          <ChooseFile kind={kind} from={params.get('source')} />
        </>
      )}
    </Page>
  )
}
