export function SiteFooter() {
  return (
    <footer className="site-footer">
      <div className="frame">
        <p>Workshop: short modules about building and running software.</p>
        <p>Something does not work for you? Tell the person who runs this site, with the reference that the message shows.</p>
      </div>
    </footer>
  );
}
