using System.Security.Cryptography;
using System.Text;

namespace SynthesizeMe.Benchmarking;

/// <summary>How the page looks, and what its script adds; the page's policy admits these two and nothing else, from nowhere else.</summary>
internal static class PageStyle
{
    /// <summary>The style sheet.</summary>
    public const string Css =
        """
        :root{color-scheme:light dark;--ink:#1d2129;--soft:#555c69;--page:#fcfcfa;--card:#f3f3ee;--rule:#dcdcd4;--grid:#e4e4dd;--accent:#1b5fa8;--up:#1b5fa8;--down:#a84a12}
        @media (prefers-color-scheme:dark){:root{--ink:#e6e7ea;--soft:#a9afbb;--page:#15171b;--card:#1e2127;--rule:#363b45;--grid:#2b2f37;--accent:#7db8f5;--up:#7db8f5;--down:#f0a36b}}
        *{box-sizing:border-box}
        html{font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
        body{margin:0;background:var(--page);color:var(--ink);font-variant-numeric:tabular-nums}
        main,header,footer{max-width:56rem;margin:0 auto;padding:0 1rem}
        h1{font-size:1.75rem;line-height:1.2;margin:2.5rem 0 .4rem;letter-spacing:-.01em;text-wrap:balance}
        h2{font-size:1.3rem;line-height:1.3;margin:3.2rem 0 .4rem;letter-spacing:-.005em}
        h3{font-size:1rem;margin:1.6rem 0 .3rem}
        p{margin:.4rem 0;max-width:44rem}
        small,.soft,caption,figcaption{color:var(--soft);font-size:.875rem}
        a{color:var(--accent);text-underline-offset:.15em}
        :focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:2px}
        .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--page);padding:.3rem .6rem}
        nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;list-style:none;padding:0;margin:.8rem 0 0}
        nav a{display:inline-block;padding:.25rem 0}
        .notice{border-left:4px solid var(--down);background:var(--card);padding:.6rem .9rem;margin:1rem 0}
        .answers{display:grid;gap:1rem;margin:1.4rem 0 0}
        .answers article{background:var(--card);border-radius:6px;padding:.9rem 1.1rem}
        .answers h2{font-size:.95rem;font-weight:600;color:var(--soft);margin:0}
        .answers .verdict{font-size:1.2rem;line-height:1.35;font-weight:650;margin:.1rem 0 .4rem}
        @media (min-width:52rem){.answers{grid-template-columns:1fr 1fr}}
        table{border-collapse:collapse;width:100%}
        caption{text-align:left;padding:.2rem 0 .5rem}
        th{font-weight:400;text-align:left}
        thead th{color:var(--soft);font-size:.8125rem;vertical-align:bottom}
        .num{text-align:right;white-space:nowrap}
        .range{color:var(--soft)}
        .chart{table-layout:fixed}
        .chart th,.chart td{padding:0;height:1.95rem}
        .chart thead th,.chart thead td{height:auto}
        .chart th:first-child{width:11rem}.chart .track{width:auto;padding:0 .6rem}.chart .num{width:5.2rem}.chart .num:last-child{width:8.6rem}
        .chart th small{display:block;line-height:1.2;padding-bottom:.2rem}
        .track svg,.axis svg{display:block;width:100%;height:1.95rem;overflow:visible}
        .axis{margin:0 13.8rem 1.2rem 11rem;padding:0 .6rem}
        .axis svg{height:1.2rem}
        svg text{fill:var(--soft);font-size:.75rem}
        .axis text{text-anchor:middle}
        svg .name{fill:var(--ink);paint-order:stroke;stroke:var(--page);stroke-width:4px}
        .grid{stroke:var(--grid)}.zero{stroke:var(--soft);stroke-dasharray:3 3}
        .whisker{stroke:var(--soft);stroke-width:2}.whisker.strong{stroke:var(--accent);stroke-width:3}
        .dot{fill:var(--page);stroke:var(--soft);stroke-width:2}.dot.strong{fill:var(--accent);stroke:var(--accent)}
        .mark{stroke:var(--down);stroke-width:3}.course{stroke:var(--accent);stroke-width:1.5}
        .up{fill:var(--up)}.down{fill:var(--down)}.same{fill:var(--soft)}
        .plot{display:block;width:100%;overflow:visible;margin:.6rem 0}
        .legend{color:var(--soft);font-size:.875rem}
        details{margin:.6rem 0}
        summary{cursor:pointer;padding:.3rem 0;color:var(--accent)}
        .wide{overflow-x:auto}
        .plain th,.plain td{padding:.25rem .8rem .25rem 0;border-bottom:1px solid var(--rule);vertical-align:top}
        .plain .num{padding-right:0;padding-left:.8rem}.plain .num+td:not(.num),.plain .num+th:not(.num){padding-left:1.2rem}
        .person{border-top:1px solid var(--rule);margin:0;content-visibility:auto;contain-intrinsic-size:auto 3.4rem}
        .person>summary{display:flex;flex-wrap:wrap;gap:0 .8rem;align-items:baseline;color:var(--ink);padding:.55rem 0}
        .person>summary::before{content:"\25B8";color:var(--accent)}.person[open]>summary::before{content:"\25BE"}
        .person>summary b{font-weight:650;overflow-wrap:anywhere;min-width:0}
        .person>summary span{color:var(--soft);font-size:.875rem}
        .person>summary .gain{margin-left:auto;color:var(--ink)}
        .person>div{padding:.1rem 0 1.4rem 1.1rem}
        blockquote,.quote{margin:.4rem 0;padding:.5rem .9rem;border-left:3px solid var(--accent);background:var(--card);white-space:pre-wrap;overflow-wrap:anywhere;max-width:46rem}
        .other{border-left-color:var(--rule);border-left-style:dashed}
        dl{margin:.4rem 0}dt{color:var(--soft);font-size:.875rem;margin-top:.5rem}dd{margin:0;overflow-wrap:anywhere}
        code{overflow-wrap:anywhere;font-size:.875rem}
        li{margin:.2rem 0;overflow-wrap:anywhere}
        .filter{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:end;margin:1rem 0}
        .filter label{display:grid;font-size:.875rem;color:var(--soft);gap:.15rem;flex:1 1 10rem;min-width:0}
        input,select{font:inherit;color:inherit;background:var(--page);border:1px solid var(--soft);border-radius:4px;padding:.4rem .5rem;width:100%;min-width:0}
        [hidden]{display:none!important}
        footer{color:var(--soft);font-size:.875rem;margin:3rem auto 2rem}
        @media (max-width:40rem){
        .chart tr{display:grid;grid-template-columns:1fr auto auto;column-gap:.7rem;align-items:baseline}
        .chart th,.chart td,.chart th:first-child,.chart .num,.chart .num:last-child{width:auto;height:auto}
        .chart .track{grid-column:1/-1;grid-row:2;padding:0}.track svg{height:1.5rem}
        .chart thead .track{display:none}
        .chart tbody th{overflow-wrap:anywhere}
        .axis{margin:0 0 1.2rem;padding:0}
        .person>summary .gain{margin-left:0}
        }
        @media print{.filter,nav{display:none}}
        """;

    /// <summary>The script: a filter over people, and links that open the person they lead to. Without it everything can be read all the same.</summary>
    public const string Script =
        """
        (function(){
        "use strict";
        var form=document.getElementById("filter"),people=Array.prototype.slice.call(document.querySelectorAll("details.person"));
        function show(){
          var e=document.getElementById(location.hash.slice(1));
          if(e&&e.classList.contains("person")){e.hidden=false;e.open=true;e.scrollIntoView();e.querySelector("summary").focus();}
        }
        addEventListener("hashchange",show);addEventListener("load",function(){setTimeout(show,0);});
        document.addEventListener("click",function(c){var a=c.target.closest&&c.target.closest("a[href^='#p']");if(a&&a.hash===location.hash){c.preventDefault();show();}});
        if(!form)return;
        var text=document.getElementById("find"),kind=document.getElementById("kind"),count=document.getElementById("count"),timer=0;
        var words=people.map(function(p){var q=p.querySelector(".persona");return(p.querySelector("summary").textContent+" "+(q?q.textContent:"")).toLowerCase();});
        function filter(){
          var wanted=text.value.toLowerCase().split(/\s+/).filter(Boolean),shown=0;
          people.forEach(function(p,i){
            var fits=(!kind.value||p.dataset.kind===kind.value)&&wanted.every(function(w){return words[i].indexOf(w)>=0;});
            p.hidden=!fits;if(fits)shown++;
          });
          count.textContent=shown+" of "+people.length+" people shown";
        }
        text.addEventListener("input",function(){clearTimeout(timer);timer=setTimeout(filter,120);});
        text.addEventListener("keydown",function(k){if(k.key==="Escape"&&text.value){text.value="";filter();}});
        kind.addEventListener("change",filter);
        form.addEventListener("submit",function(s){s.preventDefault();filter();});
        form.hidden=false;filter();
        })();
        """;

    /// <summary>The policy of the page: nothing from the network, and no script or style but these.</summary>
    public static string Policy =>
        $"default-src 'none'; script-src '{Hash(Script)}'; style-src '{Hash(Css)}'; base-uri 'none'; form-action 'none'";

    private static string Hash(string content) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}";
}
