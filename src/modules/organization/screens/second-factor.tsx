import { Alert, Button, Typography } from 'antd'
import { useEffect, useState } from 'react'
import { saveAs } from '#ui/client.ts'
import { Form } from '#ui/form.tsx'
import { Loading } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { useWords } from '#ui/words.ts'
import { type Doors, useDoor } from './door.ts'
import './organization.css'

type CodeDoor = '/sign-in/second-factor' | '/second-factor/confirmation' | '/second-factor/recovery-codes' | '/second-factor/removal'

/** One field for the code of the app; where a recovery code does as well, that too. */
export function CodeForm<D extends CodeDoor>(props: {
  door: D
  submit: string
  onDone: (answer: Doors[D]) => unknown
  cancel?: () => void
}) {
  const t = useWords('organization')
  const door = useDoor(props.door)
  return (
    <Form<{ code: string }>
      fields={[
        {
          name: 'code',
          kind: 'text',
          label: t('field.code'),
          help: t(props.door === '/second-factor/confirmation' ? 'field.codeHelp' : 'field.codeOrRecoveryHelp'),
          required: true,
          autoComplete: 'one-time-code',
          maxLength: 40,
        },
      ]}
      initial={{}}
      onSubmit={async (values) => props.onDone(await door.send(values))}
      problem={door.problem}
      pending={door.pending}
      submit={props.submit}
      {...(props.cancel ? { cancel: props.cancel } : {})}
    />
  )
}

/** From the picture to the recovery codes. `onDone` comes when they were seen. */
export function SetUpSecondFactor({ onDone, cancel }: { onDone: () => unknown; cancel?: () => void }) {
  const t = useWords('organization')
  const { send, problem } = useDoor('/second-factor')
  const [begun, setBegun] = useState<Doors['/second-factor'] | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  useEffect(() => {
    let current = true
    send({}).then(
      (answer) => current && setBegun(answer),
      () => {},
    )
    return () => {
      current = false
    }
  }, [send])
  if (codes) return <RecoveryCodes codes={codes} onDone={onDone} />
  if (problem) return <Refused problem={problem} />
  if (!begun) return <Loading lines={4} />
  return (
    <>
      <ol className="steps">
        <li>{t('secondFactor.stepScan')}</li>
        <li>{t('secondFactor.stepCode')}</li>
      </ol>
      <Code code={begun.code} />
      <p>
        {t('secondFactor.byHand')}
        <br />
        <Typography.Text code copyable={{ text: begun.key.replaceAll(' ', ''), tooltips: [t('copy'), t('copied')] }}>
          {begun.key}
        </Typography.Text>
      </p>
      <CodeForm
        door="/second-factor/confirmation"
        submit={t('secondFactor.confirm')}
        onDone={({ recoveryCodes }) => setCodes(recoveryCodes)}
        {...(cancel ? { cancel } : {})}
      />
    </>
  )
}

/** Dark on light in every theme, with the quiet edge of four modules that readers need. */
function Code({ code: { size, path } }: { code: Doors['/second-factor']['code'] }) {
  const t = useWords('organization')
  return (
    <svg className="qr" role="img" viewBox={`-4 -4 ${size + 8} ${size + 8}`} shapeRendering="crispEdges">
      <title>{t('secondFactor.picture')}</title>
      <rect x="-4" y="-4" width={size + 8} height={size + 8} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}

export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => unknown }) {
  const t = useWords('organization')
  const text = `${codes.join('\n')}\n`
  return (
    <>
      <Alert
        className="said"
        role="status"
        type="success"
        showIcon
        title={t('secondFactor.codesTitle')}
        description={t('secondFactor.codesAbout')}
      />
      <ul className="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="row">
        <Button type="primary" onClick={() => void onDone()}>
          {t('secondFactor.codesSeen')}
        </Button>
        <Button onClick={() => saveAs(new Blob([text], { type: 'text/plain' }), t('secondFactor.codesFile'))}>
          {t('secondFactor.codesSave')}
        </Button>
        <Typography.Text copyable={{ text, tooltips: [t('copy'), t('copied')] }} />
      </div>
    </>
  )
}
