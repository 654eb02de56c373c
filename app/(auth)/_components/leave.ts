/** Ends this login, takes its cookie away and goes to where one signs in. */
export async function leave(): Promise<void> {
  try {
    const { signOut } = await import("next-auth/react");
    await signOut({ redirect: false });
  } finally {
    window.location.assign("/login");
  }
}
