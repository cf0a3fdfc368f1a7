import type { ResultNotice } from '../../../common/engineProtocol';
import type { AnswerEnvelope, ServiceErrorDetail } from './envelope';

interface Answer {
  readonly file: { readonly envelope: AnswerEnvelope; readonly rowCount: number };
  readonly ageSeconds: number;
}

/**
 * Codes and words for an answer that was cut at a limit of rows or bytes.
 * @see https://learn.microsoft.com/kusto/concepts/result-truncation
 */
const cut = /E_QUERY_RESULT_SET_TOO_LARGE|0x80DA0003|-2133196797|exceed(?:s|ed)? the (?:set|allowed) limit|results? (?:set )?(?:is|was) truncated/iu;

/** What the answers of a cell are other than people may expect. */
export function noticesOf(answers: readonly Answer[], { offer }: { readonly offer: number | undefined }): readonly ResultNotice[] {
  const errors = answers.map(({ file }) => file.envelope.errors).filter((chain) => chain.length > 0);
  const truncated = errors.filter(isCut);
  const partial = errors.filter((chain) => !isCut(chain));
  const notices: ResultNotice[] = [];
  if (truncated.length > 0) {
    const where = answers.length > 1 ? `${truncated.length} of ${answers.length} parts: ` : '';
    notices.push({ kind: 'truncated', message: `${where}${told(truncated)}`, ...(offer === undefined ? {} : { parts: offer }) });
  }
  if (partial.length > 0) notices.push({ kind: 'partial', message: told(partial) });
  const ageSeconds = Math.max(...answers.map((answer) => answer.ageSeconds));
  if (ageSeconds > 0) notices.push({ kind: 'cached', ageSeconds });
  return notices;
}

function isCut(chain: readonly ServiceErrorDetail[]): boolean {
  return chain.some(({ code, message }) => cut.test(code) || cut.test(message));
}

/** The innermost messages, each once. */
function told(chains: readonly (readonly ServiceErrorDetail[])[]): string {
  const messages = chains.map((chain) => chain.findLast(({ message }) => message !== '')?.message ?? 'The service gave no reason.');
  return [...new Set(messages)].join(' ');
}
