export interface EmulatorProcess {
  /** `https://127.0.0.1:PORT` */
  readonly url: string;
  /** PEM file for NODE_EXTRA_CA_CERTS. */
  readonly caFile: string;
  readonly homeTenantId: string;
  readonly clientSecret: string;
  readonly workspaces: readonly { readonly name: string; readonly id: string; readonly tenantId: string; readonly resourceId: string }[];
  stop(): Promise<void>;
}

export function startEmulatorProcess(options?: { readonly port?: number; readonly small?: boolean }): Promise<EmulatorProcess>;
