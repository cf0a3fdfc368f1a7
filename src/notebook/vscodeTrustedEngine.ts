import * as vscode from 'vscode';
import type { CancellationToken } from '../common/cancellation';
import type { EngineService } from '../common/engineProtocol';
import { HuntError } from '../common/errors';
import type { Answer, Argument, Progress } from '../common/rpc';
import type { EngineClient } from './engineClient';

/** The engine, closed while the opened folder is not trusted: nothing runs there, whoever asks. */
export class TrustedEngine implements EngineClient {
  readonly #engine: EngineClient;

  constructor(engine: EngineClient) {
    this.#engine = engine;
  }

  async call<N extends keyof EngineService>(
    method: N,
    argument: Argument<EngineService[N]>,
    token?: CancellationToken,
    progress?: (report: Progress<EngineService[N]>) => void,
  ): Promise<Answer<EngineService[N]>> {
    if (!vscode.workspace.isTrusted) {
      throw new HuntError({ kind: 'engineNotStarted', message: vscode.l10n.t('the opened folder is not trusted. Trust it to run queries.') });
    }
    return this.#engine.call(method, argument, token, progress);
  }
}
